using System.Runtime.CompilerServices;
using TestBound = DeviceHarness.TestKit.TaskExtensions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>Waits for a state that another task reaches by itself.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        using CancellationTokenSource bound = new(TestBound.Bound);
        while (!condition())
        {
            if (bound.IsCancellationRequested)
            {
                throw new TimeoutException($"{file}:{line} waited more than {TestBound.Bound}");
            }

            await Task.Yield();
        }
    }
}
