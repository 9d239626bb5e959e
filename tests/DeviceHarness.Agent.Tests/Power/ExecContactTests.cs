using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class ExecContactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private string Log => Path.Combine(_folder.Path, "told");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_program_of_each_position_is_run()
    {
        ExecContact contact = Contact(["sh", "-c", $"echo on >> {Log}"], ["sh", "-c", $"echo off >> {Log}"]);

        await contact.SetAsync(isOn: false, CancellationToken.None).DefaultTimeout();
        await contact.SetAsync(isOn: true, CancellationToken.None).DefaultTimeout();

        File.ReadAllLines(Log).Should().Equal("off", "on");
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_what_it_said()
    {
        ExecContact contact = Contact(["true"], ["sh", "-c", "echo no such outlet >&2; exit 4"]);
        Func<Task> off = () => contact.SetAsync(isOn: false, CancellationToken.None).DefaultTimeout();

        TransportException fault = (await off.Should().ThrowAsync<TransportException>()).Which;
        fault.Code.Should().Be("POWER-012");
        fault.Message.Should().Contain("ended with 4: no such outlet").And.Contain("feed mains-01");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        ExecContact contact = Contact(["true"], [Path.Combine(_folder.Path, "missing")]);
        Func<Task> off = () => contact.SetAsync(isOn: false, CancellationToken.None).DefaultTimeout();

        (await off.Should().ThrowAsync<TransportException>()).Which.Message.Should().Contain("cannot be started");
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        ExecContact contact = Contact(["true"], ["sh", "-c", $"echo $$ > {Log}; exec sleep 600"]);
        Task off = contact.SetAsync(isOn: false, CancellationToken.None);
        while (!File.Exists(Log) || File.ReadAllText(Log).Length == 0)
        {
            await Task.Yield();
        }

        _time.Advance(ExecContact.Patience);
        Func<Task> wait = () => off.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Message.Should().Contain("did not end");
        int pid = int.Parse(File.ReadAllText(Log).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Directory.Exists($"/proc/{pid}").Should().BeFalse();
    }

    private ExecContact Contact(string[] on, string[] off) => new("mains-01", new ExecSwitch(on, off), _time);
}
