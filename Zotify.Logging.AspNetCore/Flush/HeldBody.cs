using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.AspNetCore.Flush;

/// <summary>
/// The body of an answer, held back until what the request logged before its first byte is on the disk. From then on it is the server's
/// body. Where the disk refuses, the client gets 503 instead, or a broken connection where the answer has begun. Not thread-safe, as any
/// answer.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="server">The server's body.</param>
/// <param name="work">What the request logs.</param>
internal sealed partial class HeldBody(HttpContext context, IHttpResponseBodyFeature server, LoggedWork work) : IHttpResponseBodyFeature
{
    private HeldWriter? _writer;
    private Stream? _stream;
    private Task? _early;

    /// <summary>Whether the server's body is written directly.</summary>
    public bool IsPassed { get; private set; }

    /// <summary>Whether the client got another answer.</summary>
    public bool IsWithheld { get; private set; }

    /// <inheritdoc/>
    public PipeWriter Writer => Held;

    /// <inheritdoc/>
    public Stream Stream => _stream ??= Held.AsStream(leaveOpen: true);

    private HeldWriter Held => _writer ??= new HeldWriter(this, server.Writer);

    /// <inheritdoc/>
    public void DisableBuffering() => server.DisableBuffering();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await PassAsync(cancellationToken);
        await server.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await PassAsync(cancellationToken);
        await server.SendFileAsync(path, offset, count, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        await PassAsync(context.RequestAborted);
        await server.CompleteAsync();
    }

    /// <summary>Lets the answer pass once what was logged is on the disk. Does nothing from then on.</summary>
    /// <exception cref="AnswerWithheldException">It is not on the disk, and the client has been told.</exception>
    public async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        if (IsPassed) return;
        await FlushAsync(cancellationToken);
        IsPassed = true;
        _writer?.Release();
    }

    /// <summary>
    /// Begins to bring to the disk what was logged; once it is there, a further call lets the answer pass. For an answer that grows
    /// without a flush: its writer cannot wait. What is logged after the begin is flushed before the first byte is sent.
    /// </summary>
    public void TryPass()
    {
        _early ??= work.FlushAsync(context.RequestAborted);
        // Where the disk refuses, the next flush, or the end of the request, tries once more and tells the client.
        if (IsPassed || !_early.IsCompletedSuccessfully) return;
        IsPassed = true;
        _writer?.Release();
    }

    /// <summary>
    /// Called right before the first byte is sent, whichever way the answer takes. Where it throws, the server answers 500.
    /// </summary>
    public Task StartingAsync() => IsWithheld ? Task.CompletedTask : FlushLogAsync(context.RequestAborted);

    private async Task FlushLogAsync(CancellationToken cancellationToken)
    {
        // While the early flush runs, the work does not count as having logged. A failed one is tried again.
        if (_early is not null) await _early.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (work.HasLogged) await work.FlushAsync(cancellationToken);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushLogAsync(cancellationToken);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            IsWithheld = true;
            await WithholdAsync(exception);
            throw new AnswerWithheldException(exception);
        }
    }

    private async Task WithholdAsync(Exception exception)
    {
        LogWithheld(context.RequestServices.GetRequiredService<ILogger<HeldBody>>(), exception, context.Request.Path);
        context.Features.Set(server);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(
            "What the request logged could not be written to the disk, so its result is not confirmed. It may have taken effect.",
            statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        await context.Response.CompleteAsync();
    }

    [LoggerMessage(LogLevel.Error, "The answer to {Path} was withheld: what the request logged is not on the disk")]
    private static partial void LogWithheld(ILogger logger, Exception exception, string path);
}
