using System.Data.Common;
using System.Runtime.InteropServices;

namespace Zotify.Logging.Database;

/// <summary>The native library of SQLite cannot be loaded: the program was published for another system, or without it.</summary>
/// <param name="cause">The exception of the runtime.</param>
internal sealed class SqliteLibraryException(Exception cause) : DbException(
    $"The native library of SQLite ({SqliteLibrary.Name}) cannot be loaded: {cause.GetBaseException().Message} "
    + $"Publish the program for this system ({RuntimeInformation.RuntimeIdentifier}), or set Logging:Zotify:Database:Provider to None.",
    cause)
{
    /// <summary>Whether an exception means that the library is missing or was built for another system.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || exception is TypeInitializationException { InnerException: { } inner } && IsCauseOf(inner)
        || exception is System.Reflection.TargetInvocationException { InnerException: { } invoked } && IsCauseOf(invoked);
}
