namespace Zotify.Logging.Queries;

/// <summary>The properties by which the database identifies a journal.</summary>
/// <param name="Path">The absolute path of its active file.</param>
/// <param name="Id">The id in the file next to it; <see langword="null"/> where there is none.</param>
/// <param name="Instance">The name of its writer.</param>
/// <param name="Name">The name of its active file, as it is configured.</param>
internal sealed record JournalIdentity(string Path, Guid? Id, string Instance, string Name);
