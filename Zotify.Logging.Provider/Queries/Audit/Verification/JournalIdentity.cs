namespace Zotify.Logging.Provider.Queries.Audit.Verification;

/// <summary>How the database knows a journal.</summary>
/// <param name="Path">The absolute path of its active file.</param>
/// <param name="Id">The id in the file beside it; <see langword="null"/> where there is none.</param>
/// <param name="Instance">The name of its writer.</param>
/// <param name="Name">The name of its active file, as it is configured.</param>
internal sealed record JournalIdentity(string Path, Guid? Id, string Instance, string Name);
