using DeviceHarness.Agent.Bench;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class ListeningLoopTests
{
    [Fact]
    public async Task A_port_that_tells_is_listened_to_once_for_each_time_that_octets_are_there()
    {
        using SemaphoreSlim octets = new(0);
        using SemaphoreSlim heard = new(0);
        int times = 0;
        ListeningLoop loop = new(
            _ =>
            {
                times++;
                heard.Release();
                return Task.FromResult(true);
            },
            octets.WaitAsync, TimeSpan.Zero, TimeProvider.System);

        for (int time = 0; time < 3; time++)
        {
            octets.Release();
            await heard.WaitAsync().DefaultTimeout();
        }

        await loop.DisposeAsync();
        times.Should().Be(3, "nothing was there besides");
    }

    [Fact]
    public async Task A_port_that_cannot_tell_is_listened_to_until_there_is_nothing_to_listen_to()
    {
        TaskCompletionSource<int> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int times = 0;
        ListeningLoop loop = new(
            _ =>
            {
                if (++times == 5)
                {
                    over.SetResult(times);
                }

                return Task.FromResult(times < 5);
            },
            waitForInput: null, TimeSpan.Zero, TimeProvider.System);

        (await over.Task.DefaultTimeout()).Should().Be(5);
        await loop.DisposeAsync();
        times.Should().Be(5);
    }
}
