using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Serial;

/// <summary>Flow control by RTS and CTS. A pseudo-terminal keeps the flag and has no such lines: that they hold anybody back is not seen
/// here.</summary>
public sealed class FlowControlTests
{
    private const uint CrtsCts = 0x8000_0000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_line_has_the_flow_control_that_was_asked_for_and_keeps_it_when_its_rate_changes(bool isAsked)
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = SerialPortTransport.Open(new SerialPortSettings
        {
            Path = far.ClientPath,
            HasHardwareFlowControl = isAsked,
            ExclusiveUse = false,
        });

        bool first = HasFlag(far.SlavePath);
        near.ChangeLine(57_600, SerialFormat.EightNone1);

        first.Should().Be(isAsked);
        HasFlag(far.SlavePath).Should().Be(isAsked);
        near.HasHardwareFlowControl.Should().Be(isAsked);
    }

    [Theory]
    [InlineData(9600u, 0u, false, null)]
    [InlineData(9600u, CrtsCts, true, null)]
    [InlineData(9600u, 0u, true, "flow control by RTS and CTS (the port's driver has none; *")]
    [InlineData(4800u, CrtsCts, true, "9600 baud (the driver chose 4800)")]
    public void What_a_driver_left_out_is_told(uint baud, uint flags, bool isAsked, string? told)
    {
        Termios2 line = new() { Cflag = flags, Ispeed = baud, Ospeed = baud };

        string? setting = LineFormat.NotKept(line, 9600, isAsked);

        (setting ?? "all kept").Should().Match(told ?? "all kept");
    }

    private static bool HasFlag(string path)
    {
        using PosixHandle handle = LibC.Open(path, TtyRequest.OpenPort);
        Termios2 line = default;
        LibC.Control(handle, Termios2.GetRequest, ref line).Should().Be(0);
        return (line.Cflag & CrtsCts) != 0;
    }
}
