using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>
/// A storage that speaks as much of S3 as is used: PutObject, GetObject and ListObjectsV2 with paths. It keeps an object in a file, whole or
/// not at all, checks the checksum that it is sent, and gives lists in pages of two.
/// </summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "logs";
    private const int PageSize = 2;
    private static readonly XNamespace Names = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly string _folder;
    private readonly WebApplication _app;
    private int _stored;

    static S3Server()
    {
        // Where AWS's SDK looks first. Programs that a test starts inherit them.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
    }

    private S3Server(string folder)
    {
        _folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (Fails is not { } status) return next(context);
            context.Response.StatusCode = (int)status;
            return Task.CompletedTask;
        });
        _app.MapPut($"/{Bucket}/{{**key}}", PutAsync);
        _app.MapGet($"/{Bucket}/{{**key}}", GetAsync);
    }

    /// <summary>What it answers to everything; <see langword="null"/> while it works.</summary>
    public HttpStatusCode? Fails { get; set; }

    /// <summary>How many objects it was given, those that it had included.</summary>
    public int Stored => Volatile.Read(ref _stored);

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The names of the objects, sorted.</summary>
    public string[] Keys =>
    [
        .. Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Where(name => !name!.EndsWith(".part", StringComparison.Ordinal))
            .Select(name => Uri.UnescapeDataString(name!)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Starts one that keeps its objects in a folder.</summary>
    public static async Task<S3Server> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var server = new S3Server(folder);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The settings for an application that keeps its segments here.</summary>
    public static (string Key, string? Value)[] SettingsFor(string address) =>
        [("Logging:Zotify:S3:Bucket", Bucket), ("Logging:Zotify:S3:ServiceUrl", address), ("Logging:Zotify:S3:Prefix", "shop")];

    /// <summary>The file of an object.</summary>
    public string PathOf(string key) => Path.Combine(_folder, Uri.EscapeDataString(key));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        Interlocked.Increment(ref _stored);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var hash = Convert.ToBase64String(SHA256.HashData(body.ToArray()));
        if (context.Request.Headers["x-amz-checksum-sha256"] != hash || context.Request.Headers.Authorization.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var part = $"{PathOf(key)}.{Path.GetRandomFileName()}.part";
        await File.WriteAllBytesAsync(part, body.ToArray(), context.RequestAborted);
        File.Move(part, PathOf(key), overwrite: true);
        context.Response.Headers.ETag = "\"1\"";
    }

    private async Task GetAsync(HttpContext context, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(List(context.Request.Query), context.RequestAborted);
        }
        else if (File.Exists(PathOf(key)))
        {
            await context.Response.SendFileAsync(PathOf(key), context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private string List(IQueryCollection query)
    {
        var after = query["continuation-token"].ToString();
        string[] rest =
        [
            .. Keys.Where(key => key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal)
                && string.CompareOrdinal(key, after) > 0),
        ];
        var page = rest.Take(PageSize).ToArray();
        var isTruncated = rest.Length > page.Length;
        return new XElement(
            Names + "ListBucketResult",
            new XElement(Names + "Name", Bucket),
            new XElement(Names + "IsTruncated", isTruncated),
            isTruncated ? new XElement(Names + "NextContinuationToken", page[^1]) : null,
            page.Select(key => new XElement(Names + "Contents", new XElement(Names + "Key", key)))).ToString();
    }
}
