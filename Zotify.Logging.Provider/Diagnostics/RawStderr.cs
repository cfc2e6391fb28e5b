using System.Runtime.InteropServices;
using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Diagnostics;

/// <summary>
/// The stderr of the process, without .NET's console. On Unix, that console locks <see cref="Console.Out"/> while it writes to stderr:
/// where nobody reads stderr, everything that prints would block as well. Blocks; not thread-safe.
/// </summary>
internal sealed class RawStderr : TextWriter
{
    private const int Descriptor = 2;

    /// <summary>EAGAIN on Linux and on other Unixes: the pipe is in non-blocking mode, and full.</summary>
    private const int FullOnLinux = 11;
    private const int FullElsewhere = 35;

    private static readonly TimeSpan UntilNextAttempt = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim _never = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Writes the line.</summary>
    /// <exception cref="IOException">There is no stderr, or its reader is gone.</exception>
    public override void WriteLine(string? value)
    {
        if (OperatingSystem.IsWindows()) Console.Error.WriteLine(value);
        else Write(Encoding.UTF8.GetBytes(value + "\n"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _never.Dispose();
        base.Dispose(disposing);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = UnixCalls.Write(Descriptor, bytes, bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error is FullOnLinux or FullElsewhere) _never.Wait(UntilNextAttempt);
            else if (error != UnixCalls.Interrupted)
                throw new IOException($"write to stderr failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})", error);
        }
    }
}
