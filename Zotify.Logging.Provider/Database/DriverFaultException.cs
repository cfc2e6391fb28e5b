using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Thrown where a driver fails in a way that is no error of the database: the answer ended too early or was not understood, or the driver
/// itself has a fault. The connection cannot be used any more. Another one may work.
/// </summary>
internal sealed class DriverFaultException(Exception fault)
    : DbException($"The driver failed while it ran a statement: {fault.Message}", fault)
{
    /// <summary>Throws it if an exception that was thrown while a statement ran is such a failure.</summary>
    public static void ThrowIfCausedBy(Exception exception)
    {
        if (Is(exception)) throw new DriverFaultException(exception);
    }

    /// <summary>Whether an exception, thrown while a statement ran, is such a failure.</summary>
    public static bool Is(Exception exception) => exception is not (
        // The database's own errors, and what engines classify themselves.
        DbException or IOException or UnauthorizedAccessException or TimeoutException
        // What this library throws inside a transaction, and what ends a wait.
        or RowChangedException or OperationCanceledException or OutOfMemoryException);
}
