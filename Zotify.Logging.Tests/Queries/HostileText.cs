namespace Zotify.Logging.Tests.Queries;

/// <summary>Texts with a special meaning: in SQL, in patterns, in paths, in formats.</summary>
internal static class HostileText
{
    public static readonly string[] Values =
    [
        "' OR '1'='1", "\"; DROP TABLE jobs; --", "%", "_", "\\", "\\%", "[a-z]", "{0}", "{", "@p0", "$.a", "a\"b", "a.b", "*", "a*b", "\t",
        "NULL",
        "😀", "ÄÖÜ", "\u202e", "a\0b", "<script>", "0x41", "-1", "1e5", "''", "/*", "?",
    ];
}
