package dev.warpgrid.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Aligned columns, two spaces apart. Colours are put on after the widths are known, so that they never shift a column. */
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST_LAST_COLUMN = 20;

    /** @param paint applied to the padded cell's text */
    private record Cell(String text, UnaryOperator<String> paint) {}

    private final List<String> heads;
    private final List<List<Cell>> rows = new ArrayList<>();
    private List<Cell> row = new ArrayList<>();

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    public Table cell(String text) {
        return cell(text, UnaryOperator.identity());
    }

    /** Adds a cell to the present row; the row is complete when it has as many as there are heads. */
    public Table cell(String text, UnaryOperator<String> paint) {
        row.add(new Cell(printable(text), paint));
        if (row.size() == heads.size()) {
            rows.add(row);
            row = new ArrayList<>();
        }
        return this;
    }

    public int rows() {
        return rows.size();
    }

    /** @param columns the last column is cut to fit into so many; 0 cuts nothing */
    public List<String> lines(Palette palette, int columns) {
        int last = heads.size() - 1;
        int[] widths = new int[heads.size()];
        int before = 0;
        for (int i = 0; i <= last; i++) {
            int column = i;
            widths[i] = Math.max(
                    heads.get(i).length(),
                    rows.stream()
                            .mapToInt(r -> r.get(column).text().length())
                            .max()
                            .orElse(0));
            before += i < last ? widths[i] + GAP.length() : 0;
        }
        int room = columns == 0 ? Integer.MAX_VALUE : Math.max(columns - before, NARROWEST_LAST_COLUMN);
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder();
        for (int i = 0; i <= last; i++) {
            head.append(pad(heads.get(i), i == last ? 0 : widths[i])).append(i == last ? "" : GAP);
        }
        lines.add(palette.quiet(head.toString()));
        for (List<Cell> cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i <= last; i++) {
                Cell cell = cells.get(i);
                String text = i == last ? cut(cell.text(), room) : cell.text();
                line.append(cell.paint().apply(text));
                if (i < last) {
                    line.append(" ".repeat(widths[i] - text.length())).append(GAP);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    public void print(Console console) {
        lines(console.palette(), console.columns()).forEach(console::answer);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    /** A guest or a peer may put control characters into a text; a terminal must not obey them. */
    public static String printable(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, ' ');
            }
        }
        return clean == null ? text : clean.toString();
    }
}
