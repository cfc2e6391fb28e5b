using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Records;

/// <summary>The full text of an exception with its inner exceptions, whatever its members throw.</summary>
internal static class ExceptionText
{
    /// <summary>The line after an inner exception, as <see cref="Exception.ToString"/> writes it.</summary>
    public const string EndOfInner = "   --- End of inner exception stack trace ---";

    /// <summary>Inner exceptions beyond this depth are left out: a chain may lead back to itself.</summary>
    private const int MaxDepth = 32;

    /// <summary>The text, lines separated by <c>\n</c>. Throws nothing.</summary>
    public static string Of(Exception exception) => TextLimits.Clean(Text(exception, 0).ReplaceLineEndings("\n"));

    private static string Text(Exception exception, int depth)
    {
        try
        {
            return exception.ToString() ?? "";
        }
        catch (Exception failure)
        {
            return Part(() => FromParts(exception, failure, depth)) ?? $"{exception.GetType()} [its text threw {failure.GetType().Name}]";
        }
    }

    /// <summary>The text of an exception whose <see cref="Exception.ToString"/> throws, from the parts that can be read.</summary>
    private static string FromParts(Exception exception, Exception failure, int depth)
    {
        var text = new StringBuilder($"{exception.GetType()} [its text threw {failure.GetType().Name}]");
        if (Part(() => exception.Message) is { Length: > 0 } message) text.Append(": ").Append(message);
        foreach (var inner in depth == MaxDepth ? [] : Inner(exception))
            text.Append('\n').Append(" ---> ").Append(Text(inner, depth + 1)).Append('\n').Append(EndOfInner);
        if (Part(() => exception.StackTrace) is { Length: > 0 } trace) text.Append('\n').Append(trace);
        return text.ToString();
    }

    private static Exception[] Inner(Exception exception) =>
        exception is AggregateException aggregate ? [.. aggregate.InnerExceptions] : exception.InnerException is { } inner ? [inner] : [];

    private static string? Part(Func<string?> part)
    {
        try
        {
            return part();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
