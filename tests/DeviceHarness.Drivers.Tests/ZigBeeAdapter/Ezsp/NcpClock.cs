using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>Lets time pass where several loops wait for it.</summary>
internal static class NcpClock
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Moves the clock until the task has ended: one that waits for time and for nothing else, since the clock may run far ahead
    /// of a thread that is held up.</summary>
    public static Task PassAsync(ManualTimeProvider time, Task task) => PassAsync(time, () => task.IsCompleted);

    /// <summary>Moves the clock until something has happened.</summary>
    public static async Task PassAsync(ManualTimeProvider time, Func<bool> hasHappened)
    {
        while (!hasHappened())
        {
            time.Advance(Step);
            await Task.Yield();
        }
    }
}
