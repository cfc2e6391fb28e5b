using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Zotify.Logging.Records;

/// <summary>
/// The stack trace of another exception as it was at one moment, as an exception of its own that is never thrown: so the
/// runtime renders it, with files and lines, whenever it is asked.
/// </summary>
/// <remarks>
/// The runtime keeps the frames in a field that <see cref="ExceptionDispatchInfo.Capture"/> freezes: who throws the exception
/// on then gets a copy of them. Where a runtime does it in another way (native AOT), nothing is deferred.
/// </remarks>
internal sealed class FrozenStackTrace : Exception
{
    private static readonly MethodInfo StackTraceGetter = typeof(Exception).GetProperty(nameof(StackTrace))!.GetMethod!;

    // By type: whether Exception itself makes its text and its stack trace.
    private static readonly ConditionalWeakTable<Type, StrongBox<bool>> KnownTypes = [];
    private static readonly bool IsSupported = Works();

    private FrozenStackTrace()
    {
    }

    /// <summary>
    /// Whether the text of the exception is what <see cref="Exception.ToString"/> makes of its message, its inner exception
    /// and its stack trace.
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
        // A delegate of a virtual method knows the method that would be called.
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
