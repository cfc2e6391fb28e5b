using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Formats;

/// <summary>The three letters of a level in the system log.</summary>
internal static class LevelCodes
{
    private static readonly string[] Codes = ["TRC", "DBG", "INF", "WRN", "ERR", "CRT"];

    /// <summary>The letters of a level. A value that is no level gets those of the nearest one.</summary>
    public static string Of(LogLevel level) => Codes[Math.Clamp((int)level, 0, Codes.Length - 1)];

    /// <summary>The level that three letters stand for; <see langword="null"/> where they stand for none.</summary>
    public static LogLevel? Parse(ReadOnlySpan<char> code)
    {
        for (var i = 0; i < Codes.Length; i++)
        {
            if (code.SequenceEqual(Codes[i])) return (LogLevel)i;
        }

        return null;
    }
}
