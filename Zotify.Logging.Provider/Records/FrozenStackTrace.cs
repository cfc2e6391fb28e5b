using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Zotify.Logging.Records;

/// <summary>
/// A copy of another exception's stack trace at one moment. It is an exception that is never thrown, so that the runtime can render the
/// trace later, with files and lines.
/// </summary>
/// <remarks>
/// The runtime keeps the frames in a field. <see cref="ExceptionDispatchInfo.Capture"/> freezes it: rethrowing the exception then changes a
/// copy. Where a runtime works differently (native AOT), stack traces are rendered in the call.
/// </remarks>
internal sealed class FrozenStackTrace : Exception
{
    private static readonly MethodInfo StackTraceGetter = typeof(Exception).GetProperty(nameof(StackTrace))!.GetMethod!;

    // For each type, whether it leaves its text and its stack trace to Exception.
    private static readonly ConditionalWeakTable<Type, StrongBox<bool>> KnownTypes = [];
    private static readonly bool IsSupported = Works();

    private FrozenStackTrace()
    {
    }

    /// <summary>
    /// Whether <see cref="Exception.ToString"/> renders the exception from its message, its inner exception and its stack trace, and no
    /// override does.
    /// </summary>
    public static bool IsPlain(Exception exception) =>
        IsSupported && (KnownTypes.TryGetValue(exception.GetType(), out var known) ? known : Learn(exception)).Value;

    /// <summary>Freezes the stack trace of a plain exception; <see langword="null"/> where it has none.</summary>
    public static FrozenStackTrace? Of(Exception exception)
    {
        if (FramesOf(exception) is not null) ExceptionDispatchInfo.Capture(exception);
        else if (RemoteOf(exception) is null && TextOf(exception) is null) return null;
        var frozen = new FrozenStackTrace();
        FramesOf(frozen) = FramesOf(exception);
        RemoteOf(frozen) = RemoteOf(exception);
        TextOf(frozen) = TextOf(exception);
        return frozen;
    }

    private static StrongBox<bool> Learn(Exception exception)
    {
        // A delegate of a virtual method has the override that would be called.
        var text = ((Func<string>)exception.ToString).Method;
        var trace = StackTraceGetter.CreateDelegate<Func<string?>>(exception).Method;
        var isPlain = text.DeclaringType == typeof(Exception) && trace.DeclaringType == typeof(Exception);
        return KnownTypes.GetValue(exception.GetType(), _ => new(isPlain));
    }

    private static bool Works()
    {
        try
        {
            throw new FrozenStackTrace();
        }
        catch (FrozenStackTrace thrown)
        {
            try
            {
                return new StackTrace(Of(thrown)!, fNeedFileInfo: false).FrameCount == 1;
            }
            catch (Exception)
            {
                // The runtime has no such fields.
                return false;
            }
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stackTrace")]
    private static extern ref object? FramesOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? RemoteOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stackTraceString")]
    private static extern ref string? TextOf(Exception exception);
}
