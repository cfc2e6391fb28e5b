using System.Buffers;
using System.IO.Pipelines;

namespace Zotify.Logging.AspNetCore.Flush;

/// <summary>Writes into a buffer of its own while the body is held back, then into the server's. Not thread-safe.</summary>
/// <param name="body">The body.</param>
/// <param name="server">The server's writer.</param>
internal sealed class HeldWriter(HeldBody body, PipeWriter server) : PipeWriter
{
    /// <summary>From so many bytes on, it passes them to the server as soon as the log is on the disk.</summary>
    private const int MostHeld = 1 << 20;

    private ArrayBufferWriter<byte>? _held;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => server.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => body.IsPassed ? server.UnflushedBytes : _held?.WrittenCount ?? 0;

    private ArrayBufferWriter<byte> Held => _held ??= new ArrayBufferWriter<byte>();

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => body.IsPassed ? server.GetMemory(sizeHint) : Held.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => body.IsPassed ? server.GetSpan(sizeHint) : Held.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (body.IsPassed)
        {
            server.Advance(bytes);
            return;
        }

        Held.Advance(bytes);
        if (Held.WrittenCount >= MostHeld) body.TryPass();
    }

    /// <inheritdoc/>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await body.PassAsync(cancellationToken);
        return await server.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        await body.PassAsync(cancellationToken);
        return await server.WriteAsync(source, cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => server.CancelPendingFlush();

    /// <inheritdoc/>
    // Without a flush, the end of the request passes what is held.
    public override void Complete(Exception? exception = null)
    {
        if (body.IsPassed) server.Complete(exception);
    }

    /// <inheritdoc/>
    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null) await body.CompleteAsync();
        await server.CompleteAsync(exception);
    }

    /// <summary>Gives the server what was written meanwhile. The body is passed.</summary>
    public void Release()
    {
        if (_held is null) return;
        server.Write(_held.WrittenSpan);
        _held = null;
    }
}
