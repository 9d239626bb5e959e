using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>Lets time pass where several loops wait for it.</summary>
internal static class NcpClock
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Moves the clock until the task has ended.</summary>
    public static async Task PassAsync(ManualTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(Step);
            await Task.Yield();
        }
    }
}
