using System.Globalization;
using System.Text;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>
/// A client that reads a numbered stream over many connections, and fails at the first line that is missing, doubled or out of order.
/// </summary>
internal sealed class ResumingClient(string path)
{
    private string? _last;

    /// <summary>The next number.</summary>
    public int Next { get; private set; }

    /// <summary>How many connections got an answer.</summary>
    public int Connections { get; private set; }

    /// <summary>The message of a line.</summary>
    public static string Message(int number) => number.ToString("D9", CultureInfo.InvariantCulture);

    /// <summary>Reads over one connection, until cancellation kills it, or it is enough.</summary>
    /// <param name="url">The address of the server.</param>
    /// <param name="isEnough">Whether the next number is the end.</param>
    /// <param name="life">Kills the connection.</param>
    public async Task ReadAsync(string url, Predicate<int> isEnough, CancellationToken life)
    {
        RawStream? stream = null;
        try
        {
            stream = await RawStream.OpenAsync(url, path, _last, life);
            Connections++;
            while (!isEnough(Next))
            {
                var item = await stream.EventAsync(life);
                if (life.IsCancellationRequested) break;
                Take(stream, item);
            }
        }
        catch (OperationCanceledException)
        {
            // Killed while it waited.
        }
        finally
        {
            _last = stream?.Position ?? _last;
            stream?.Dispose();
        }
    }

    private void Take(RawStream stream, ReadOnlyMemory<byte> item)
    {
        var last = stream.Position;
        Assert.AreEqual(Message(Next), stream.Receive(item), $"after {last}: {Encoding.UTF8.GetString(item.Span)}");
        Next++;
    }
}
