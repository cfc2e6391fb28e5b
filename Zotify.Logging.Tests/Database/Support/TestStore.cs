using Microsoft.EntityFrameworkCore.Diagnostics;
using Zotify.Logging.Provider.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A database of a test's own, empty at first, of some engine. Disposing it removes it.</summary>
internal abstract class TestStore : IDisposable
{
    /// <summary>Opens it, as each process would for itself.</summary>
    public abstract LoggingDatabase Open(params IInterceptor[] interceptors);

    /// <summary>Takes its tables away under those who use it.</summary>
    public abstract Task BreakAsync();

    /// <summary>From now on it refuses entries and events whose message contains the word. Makes the tables where there are none.</summary>
    public abstract Task RefuseAsync(string word);

    public abstract void Dispose();
}
