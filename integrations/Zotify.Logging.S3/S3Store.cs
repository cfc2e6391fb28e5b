using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.S3;

/// <summary>The requests to a bucket, and what their failures mean. Thread-safe.</summary>
internal sealed class S3Store : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    /// <param name="options">The options, validated. Their bucket is not used.</param>
    /// <param name="bucket">The bucket.</param>
    /// <exception cref="TargetException">AWS's SDK finds no region or no credentials.</exception>
    public S3Store(S3Options options, string bucket)
    {
        _bucket = bucket;
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.ServiceUrl is not null,
            Timeout = options.Timeout,
            // Whoever calls repeats what fails, and reports it.
            MaxErrorRetry = 0,
            // Storages that are not Amazon's know the headers of its checksums, and not always the trailers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.ServiceUrl is { } address) config.ServiceURL = address.AbsoluteUri;
        if (options.Region is { } region && options.ServiceUrl is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else if (options.Region is { } name) config.AuthenticationRegion = name;
        try
        {
            _client = new AmazonS3Client(config);
        }
        catch (AmazonClientException exception)
        {
            throw new TargetException(exception.Message, TargetFault.Permanent, cause: exception);
        }
    }

    /// <summary>The names of all objects that begin with this.</summary>
    /// <exception cref="TargetException">The storage cannot be asked.</exception>
    public Task<List<string>> ListAsync(string prefix, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            var keys = new List<string>();
            var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
            do
            {
                var page = await _client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
                keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null);
            return keys;
        },
        cancellationToken);

    /// <summary>Stores an object. The storage checks that it got what was sent.</summary>
    /// <param name="key">The object's name.</param>
    /// <param name="content">The bytes, read from the beginning.</param>
    /// <param name="sha256">Their SHA-256.</param>
    /// <param name="cancellationToken">Ends it; the object is whole or not there then.</param>
    /// <exception cref="TargetException">The storage does not have it for certain.</exception>
    public Task PutAsync(string key, Stream content, byte[] sha256, CancellationToken cancellationToken) => GuardAsync(
        () => _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = key,
                InputStream = content,
                AutoCloseStream = false,
                ContentType = "application/zstd",
                ChecksumSHA256 = Convert.ToBase64String(sha256),
                UseChunkEncoding = false,
            },
            cancellationToken),
        cancellationToken);

    /// <summary>Reads an object.</summary>
    /// <exception cref="TargetException">The storage does not give it.</exception>
    public Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) => GuardAsync(
        async () => (await _client.GetObjectAsync(_bucket, key, cancellationToken).ConfigureAwait(false)).ResponseStream,
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<T> GuardAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (AmazonServiceException exception)
        {
            throw new TargetException($"{_bucket}: {exception.Message}", FaultOf(exception), cause: exception);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
        {
            // Without credentials, somebody has to act. The SDK has no other way to tell.
            var isPermanent = exception is AmazonClientException && exception.InnerException is not (HttpRequestException or IOException);
            throw new TargetException(
                $"{_bucket}: {exception.Message}", isPermanent ? TargetFault.Permanent : TargetFault.Temporary, cause: exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TargetException($"{_bucket}: the storage did not answer in time", TargetFault.Temporary, cause: exception);
        }
    }

    private static TargetFault FaultOf(AmazonServiceException exception) =>
        exception.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            || exception.ErrorCode is "SlowDown" or "RequestTimeTooSkewed" || exception.StatusCode == 0
            ? TargetFault.Temporary
            : TargetFault.Permanent;
}
