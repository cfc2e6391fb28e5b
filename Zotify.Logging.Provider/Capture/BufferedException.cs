using Microsoft.Extensions.Logging.Abstractions;

namespace Zotify.Logging.Provider.Capture;

/// <summary>The text of a buffered record's exception. Microsoft.Extensions.Telemetry buffers its message, and the rest as attributes.</summary>
internal static class BufferedException
{
    private const string TypeName = "exception.type";

    // There where EnableEnrichment was asked for it; it begins with type and message.
    private const string StackTraceName = "exception.stacktrace";

    /// <summary>As much of the text as was buffered, lines separated by <c>\n</c>; <see langword="null"/> where there was no exception.</summary>
    public static string? Of(BufferedLogRecord record)
    {
        if (record.Exception is not { } message) return null;
        var text = Attribute(record, StackTraceName)?.TrimEnd() ?? (Attribute(record, TypeName) is { } type ? $"{type}: {message}" : message);
        return TextLimits.Clean(text.ReplaceLineEndings("\n"));
    }

    private static string? Attribute(BufferedLogRecord record, string name)
    {
        foreach (var (key, value) in record.Attributes)
            if (key == name) return value as string;
        return null;
    }
}
