using System.Runtime.CompilerServices;

namespace DeviceHarness.TestKit;

/// <summary>A bound for every wait in a test, far above what it needs.</summary>
public static class TaskExtensions
{
    /// <summary>The bound: generous, since it only ever ends a test that hangs, and a starved machine was seen to stop for
    /// seconds. The large counts take minutes themselves.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(TestSize.IsLong ? 20 : 2);

    /// <summary>Waits for the task and says where when the bound is passed.</summary>
    public static async Task DefaultTimeout(
        this Task task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            await task.WaitAsync(Bound, TimeProvider.System);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{file}:{line} waited more than {Bound}", exception);
        }
    }

    /// <inheritdoc cref="DefaultTimeout(Task, string, int)"/>
    public static async Task<T> DefaultTimeout<T>(
        this Task<T> task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await DefaultTimeout((Task)task, file, line);
        return await task;
    }
}
