using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// A file of an assembly, in memory, in the encodings that clients ask for. It contains no data of the application, so that its compressed
/// size tells nothing. Thread-safe.
/// </summary>
internal sealed class EmbeddedFile
{
    private const string Brotli = "br";
    private const string Gzip = "gzip";
    private const string Identity = "";

    // The files are compressed once, each when it is asked for first.
    private const int BrotliQuality = 8;
    private const int BrotliWindow = 22;

    private readonly string _type;
    private readonly ConcurrentDictionary<string, byte[]> _encoded = new(StringComparer.Ordinal);

    /// <param name="name">The file's name; its extension says what it is.</param>
    /// <param name="content">Its bytes.</param>
    public EmbeddedFile(string name, byte[] content)
    {
        _type = TypeOf(name);
        _encoded[Identity] = content;
        Hash = SHA256.HashData(content);
    }

    /// <summary>The SHA-256 of its bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>Its bytes.</summary>
    public byte[] Content => _encoded[Identity];

    /// <summary>Answers with the file in the best encoding that the client takes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cacheControl">How long the answer may be kept.</param>
    public IResult Answer(HttpContext context, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = cacheControl;
        var encoding = IsText ? EncodingFor(context.Request) : Identity;
        if (IsText) headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding != Identity) headers.ContentEncoding = encoding;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(Hash.AsSpan(0, 16))}{encoding}\"");
        return TypedResults.Bytes(_encoded.GetOrAdd(encoding, Encode), _type, entityTag: tag);
    }

    // Fonts are compressed already.
    private bool IsText => !_type.StartsWith("font/", StringComparison.Ordinal);

    private static string EncodingFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0)
            .Select(encoding => encoding.Value.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return accepted.Contains(Brotli) ? Brotli : accepted.Contains(Gzip) ? Gzip : Identity;
    }

    private byte[] Encode(string encoding)
    {
        if (encoding == Brotli)
        {
            var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(Content.Length)];
            BrotliEncoder.TryCompress(Content, compressed, out var length, BrotliQuality, BrotliWindow);
            return compressed[..length];
        }

        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal)) gzip.Write(Content);
        return output.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => MediaTypeNames.Text.Css,
        ".html" => $"{MediaTypeNames.Text.Html}; charset=utf-8",
        ".js" => MediaTypeNames.Text.JavaScript,
        ".svg" => MediaTypeNames.Image.Svg,
        ".woff2" => MediaTypeNames.Font.Woff2,
        _ => MediaTypeNames.Text.Plain,
    };
}
