using System.Data.Common;

namespace Zotify.Logging.Provider.Database;

/// <summary>What differs between engines. Thread-safe.</summary>
internal interface IDatabaseEngine
{
    /// <summary>A context that may create the database.</summary>
    LoggingDbContext CreateContext();

    /// <summary>A context for queries: a database that is not there is not created.</summary>
    LoggingDbContext CreateReader();

    /// <summary>Waits for the right to write, where the engine has one writer at a time; dispose to hand it on.</summary>
    ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>Inserts rows inside the transaction, as fast as the engine can.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns, in the order of each row's values.</param>
    /// <param name="rows">The rows; values are null, string, long, int, <see cref="DateTime"/> in UTC or <see cref="Guid"/>.</param>
    /// <param name="cancellationToken">Ends the insert; the transaction is then to be rolled back.</param>
    Task InsertAsync(DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>A SQL condition that holds where the value at a path of <c>details</c> is the given text.</summary>
    /// <param name="path">Names into the object.</param>
    /// <param name="value">The text of a string, number or boolean.</param>
    /// <param name="arguments">Takes the values of the condition's parameters, which it names <c>{0}</c>, <c>{1}</c> … by their place here.</param>
    string DetailsCondition(IReadOnlyList<string> path, string value, List<object> arguments);
}
