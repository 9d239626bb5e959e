using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A sound rig on the self-test's clock, with the devices on its radio joined.</summary>
internal static class RadioRig
{
    /// <summary>Does something on it.</summary>
    /// <param name="place">The rig.</param>
    /// <param name="act">What is done.</param>
    /// <param name="putsBack">Whether it puts back what a case changed.</param>
    public static Task<T> RunAsync<T>(
        SelfTestBench place, Func<SelfTestRig, Task<T>> act, bool putsBack = false) => Task.Run(async () =>
    {
        using TemporaryFolder folder = new();
        await using SelfTestRig rig = new(place, [], planted: null, folder.Path, putsBack);
        await rig.SettleAsync(default);
        return await act(rig);
    }).DefaultTimeout();
}
