using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>
/// Renders the text of a buffered record's exception. Microsoft.Extensions.Telemetry buffers its message, and the rest as attributes.
/// </summary>
internal static class BufferedException
{
    private const string TypeName = "exception.type";

    // Present where EnableEnrichment was configured to add it.
    private const string StackTraceName = "exception.stacktrace";

    /// <summary>
    /// As much of the text as was buffered, lines separated by <c>\n</c>; <see langword="null"/> where there was no exception.
    /// </summary>
    public static string? Of(BufferedLogRecord record)
    {
        if (record.Exception is not { } message) return null;
        var type = Attribute(record, TypeName);
        // Other buffers keep the whole text, which begins with the type.
        var isWhole = type is null || message.StartsWith(type, StringComparison.Ordinal);
        if (isWhole && message.Contains("\n   at ", StringComparison.Ordinal)) return TextLimits.Clean(message.ReplaceLineEndings("\n"));
        var head = isWhole ? message : $"{type}: {message}";
        return TextLimits.Clean($"{head}{Frames(record, head)}".ReplaceLineEndings("\n"));
    }

    /// <summary>
    /// The stack frames in the layout of an exception's text. The attribute has them without white space, after the type and, if
    /// configured, the message.
    /// </summary>
    private static string Frames(BufferedLogRecord record, string head)
    {
        if (Attribute(record, StackTraceName) is not { } trace) return "";
        if (trace.StartsWith(head, StringComparison.Ordinal)) trace = trace[head.Length..];
        else if (Attribute(record, TypeName) is { } type && trace.StartsWith($"{type}: ", StringComparison.Ordinal))
            trace = trace[(type.Length + 2)..];
        var lines = trace.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        return string.Concat(lines.Select(line => line.StartsWith("at ", StringComparison.Ordinal) ? $"\n   {line}" : $"\n{line}"));
    }

    private static string? Attribute(BufferedLogRecord record, string name)
    {
        foreach (var (key, value) in record.Attributes)
            if (key == name) return value as string;
        return null;
    }
}
