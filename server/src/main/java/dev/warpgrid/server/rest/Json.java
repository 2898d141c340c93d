package dev.warpgrid.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the contract has it: unknown fields refused, absent fields absent, times as RFC 3339. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .changeDefaultPropertyInclusion(
                    present -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads a record, whole and nothing but it.
     *
     * @throws ApiException with {@link ErrorCode#INVALID_REQUEST} and a pointer to what is wrong
     */
    static Object read(InputStream body, Type type) {
        Object value;
        try {
            value = MAPPER.readValue(body, MAPPER.constructType(type));
        } catch (JacksonIOException e) {
            throw new ApiException(ErrorCode.INVALID_REQUEST, "The body broke off before its end: send it again.", e);
        } catch (UnrecognizedPropertyException e) {
            throw invalid(
                    e,
                    "There is no field \"" + e.getPropertyName() + "\" here: "
                            + (e.getKnownPropertyIds() == null
                                            || e.getKnownPropertyIds().isEmpty()
                                    ? "take it out."
                                    : "use one of "
                                            + e.getKnownPropertyIds().stream()
                                                    .map(String::valueOf)
                                                    .sorted()
                                                    .collect(Collectors.joining(", "))
                                            + "."));
        } catch (StreamReadException e) {
            throw new ApiException(
                    ErrorCode.INVALID_REQUEST,
                    "The body is no JSON (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + "): " + firstSentence(e) + ".",
                    e);
        } catch (DatabindException e) {
            throw invalid(e, "The value does not fit: " + firstSentence(e) + ".");
        }
        if (value == null) {
            throw ApiException.invalid("", "The body is empty or null: send a JSON object.");
        }
        RequiredFields.check(value);
        return value;
    }

    private static ApiException invalid(DatabindException e, String message) {
        String pointer = e.getPath().stream()
                .map(step -> "/"
                        + (step.getPropertyName() == null
                                ? Integer.toString(step.getIndex())
                                : step.getPropertyName().replace("~", "~0").replace("/", "~1")))
                .collect(Collectors.joining());
        return new ApiException(
                ErrorCode.INVALID_REQUEST, message, List.of(new dev.warpgrid.api.FieldError(pointer, message)), e);
    }

    /** Jackson goes on with class names and source excerpts, which are no business of the client's. */
    private static String firstSentence(JacksonException e) {
        String message = e.getOriginalMessage() == null ? "it is malformed" : e.getOriginalMessage();
        String line = message.lines().findFirst().orElse(message);
        int end = line.indexOf(" (for ");
        String cut = end < 0 ? line : line.substring(0, end);
        return cut.replaceAll("`?(?:java|dev|tools)\\.[\\w.$]*?(\\w+)`?(?=\\W|$)", "$1");
    }
}
