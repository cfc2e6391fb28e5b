using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.S3;

/// <summary>A place in a bucket. Names of objects: the prefix, the journal's id, the segment's file name, and <c>.zst</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the names begin with: empty, or with a slash at the end.</param>
internal sealed record S3Address(string Bucket, string Prefix)
{
    /// <summary>The ending of a compressed segment.</summary>
    public const string Ending = ".zst";

    private const string Scheme = "s3://";

    /// <summary>The place that the options name.</summary>
    public static S3Address Of(S3Options options) => new(options.Bucket!, Folder(options.Prefix));

    /// <summary>Reads <c>s3://bucket/prefix</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out S3Address? address)
    {
        address = null;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var (bucket, prefix) = text[Scheme.Length..].Split('/', 2) is [var name, var rest] ? (name, rest) : (text[Scheme.Length..], "");
        if (bucket.Length == 0) return false;
        address = new S3Address(bucket, Folder(prefix));
        return true;
    }

    /// <summary>What the names of a journal's segments begin with.</summary>
    public string FolderOf(Guid journal) => $"{Prefix}{journal:D}/";

    /// <summary>The name of a segment's object.</summary>
    public string KeyOf(Guid journal, string fileName) => $"{FolderOf(journal)}{fileName}{Ending}";

    /// <summary>
    /// Reads the journal's id and the segment's file name from the name of an object below the prefix. The prefix may name the journal
    /// itself.
    /// </summary>
    public bool TryRead(string key, out Guid journal, [NotNullWhen(true)] out string? fileName)
    {
        fileName = null;
        journal = default;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || !key.EndsWith(Ending, StringComparison.Ordinal)) return false;
        if (key[..^Ending.Length].Split('/') is not [.., var folder, var name] || name.Length == 0) return false;
        if (!Guid.TryParseExact(folder, "D", out journal)) return false;
        fileName = name;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}";

    private static string Folder(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";
}
