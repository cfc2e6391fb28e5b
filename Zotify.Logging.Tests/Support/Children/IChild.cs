namespace Zotify.Logging.Tests.Support.Children;

/// <summary>A scenario that runs in a process of its own; <see cref="ChildProcess.Run{TChild}"/> starts it.</summary>
internal interface IChild
{
    /// <summary>Runs it in the folder of the test; the process ends with the returned exit code.</summary>
    Task<int> RunAsync(string[] arguments);
}
