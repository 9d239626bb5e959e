using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Control;

/// <summary>The emergency stop of a virtual bench, and connections that drive its coils.</summary>
public sealed class VirtualIsolatorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly VirtualEsme _meter;
    private readonly BenchControl _control;

    public VirtualIsolatorTests()
    {
        _meter = new VirtualEsme(
            "esme-01", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml")), _time);
        _control = new BenchControl(new Dictionary<string, VirtualEsme> { ["esme-01"] = _meter });
    }

    [Fact]
    public void No_relay_bridges_an_emergency_stop()
    {
        _control.Answer("isolate on").Should().Be("ok");
        _control.Answer("power esme-01 off");
        _control.Answer("power esme-01 on");
        bool wasRunning = _meter.IsRunning;
        _control.Answer("isolate off");

        wasRunning.Should().BeFalse();
        _meter.IsRunning.Should().BeTrue();
    }

    [Fact]
    public void A_relay_that_is_open_when_the_stop_is_pulled_stays_open()
    {
        _control.Answer("power esme-01 off");
        _control.Answer("isolate on");
        _control.Answer("isolate off");

        _meter.IsRunning.Should().BeFalse();
    }

    [Fact]
    public void The_lines_show_each_stop_and_the_presses_since_it_was_moved()
    {
        string free = _control.Answer("isolation");
        _control.Answer("isolate on");
        _control.Answer("acknowledge");
        string isolated = _control.Answer("isolation");
        _control.Answer("isolate off");
        _control.Answer("acknowledge");

        free.Should().Be("ok free 0 0");
        isolated.Should().Be("ok isolated 1 1");
        _control.Answer("isolation").Should().Be("ok free 1 1");
    }

    [Fact]
    public void A_feed_that_comes_back_does_not_switch_on_what_is_off_behind_it()
    {
        _control.Answer("power esme-01 off");
        _control.Answer("power esme-01 off street").Should().Be("ok");
        _control.Answer("power esme-01 on street").Should().Be("ok");
        bool wasRunning = _meter.IsRunning;
        _control.Answer("power esme-01 on");

        wasRunning.Should().BeFalse();
        _meter.IsRunning.Should().BeTrue();
    }

    [Fact]
    public void What_a_connection_drives_it_drives_as_long_as_it_stands()
    {
        using (BenchControlConnection connection = new(_control))
        {
            connection.Answer("power esme-01 off").Should().Be("ok");
            _meter.IsRunning.Should().BeFalse();
        }

        _meter.IsRunning.Should().BeTrue("its coil lost its current, and the contact is normally closed");
    }

    [Fact]
    public void A_connection_lets_go_only_of_what_it_drives_itself()
    {
        using BenchControlConnection driving = new(_control);
        driving.Answer("power esme-01 off");
        using (BenchControlConnection other = new(_control))
        {
            other.Answer("isolation");
        }

        _meter.IsRunning.Should().BeFalse();
    }
}
