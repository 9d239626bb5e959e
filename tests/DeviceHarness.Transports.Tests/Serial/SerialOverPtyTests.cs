using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Faulty;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace DeviceHarness.Transports.Tests.Serial;

/// <summary>The serial port, opened on the client's end of a pseudo-terminal.</summary>
public class SerialOverPtyTests : TransportContract
{
    protected virtual bool CompletesReadsInline => false;

    [Fact]
    public async Task Octets_from_before_the_open_are_flushed()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        _ = await far.WriteAsync("DE AD BE EF".Octets(), CancellationToken.None);
        await ArrivedAsync(far).DefaultTimeout();

        await using SerialPortTransport near = OpenPort(far);
        _ = await far.WriteAsync("55".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(near, 1)).ShouldBeHex("55");
    }

    [Fact]
    public async Task A_port_in_use_is_refused_also_to_root()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = OpenPort(far);

        Action second = () => OpenPort(far);
        Func<SafeFileHandle> other = () => File.OpenHandle(far.SlavePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        second.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-002");
        other.Should().Throw<IOException>();
    }

    [Fact]
    public async Task A_wait_for_octets_ends_when_they_come_and_leaves_them_to_be_read()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = OpenPort(far);
        Task wait = near.WaitForInputAsync(CancellationToken.None);
        bool early = wait.IsCompleted;

        _ = await far.WriteAsync("55 66".Octets(), CancellationToken.None);
        await wait.DefaultTimeout();
        bool isThere = near.WaitForInputAsync(CancellationToken.None).IsCompleted;

        (early, isThere).Should().Be((false, true));
        (await ReadExactlyAsync(near, 2)).ShouldBeHex("55 66");
        near.WaitForInputAsync(CancellationToken.None).IsCompleted.Should().BeFalse("they were read");
    }

    [Fact]
    public async Task A_wait_for_octets_goes_on_while_reads_take_them_all()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = OpenPort(far);
        Task wait = near.WaitForInputAsync(CancellationToken.None);
        Task<TransportRead> read = near.ReadAsync(new byte[8], Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();

        _ = await far.WriteAsync("55".Octets(), CancellationToken.None);

        (await read.DefaultTimeout()).Count.Should().Be(1);
        wait.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_wait_for_octets_is_ended_by_its_token_or_by_the_end_of_the_port()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = OpenPort(far);
        using CancellationTokenSource given = new();
        Task cancelled = near.WaitForInputAsync(given.Token);
        Task ended = near.WaitForInputAsync(CancellationToken.None);

        await given.CancelAsync();
        Func<Task> wait = () => cancelled.DefaultTimeout();
        await wait.Should().ThrowAsync<OperationCanceledException>();
        bool early = ended.IsCompleted;
        await near.DisposeAsync();

        early.Should().BeFalse();
        await ended.DefaultTimeout();
        near.WaitForInputAsync(CancellationToken.None).IsCompleted.Should().BeTrue("the next read tells why");
    }

    [Fact]
    public async Task A_port_can_be_opened_again_after_it_was_closed()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await OpenPort(far).DisposeAsync();

        await using SerialPortTransport again = OpenPort(far);
        _ = await far.WriteAsync("55".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(again, 1)).ShouldBeHex("55");
    }

    [Fact]
    public async Task The_loss_of_a_port_is_told_and_its_closing_is_not()
    {
        PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        SerialPortTransport closed = OpenPort(far);
        await closed.DisposeAsync();
        await using SerialPortTransport near = OpenPort(far);
        bool early = near.Lost.IsCompleted;

        await far.DisposeAsync();
        await near.Lost.DefaultTimeout();

        early.Should().BeFalse();
        closed.Lost.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void A_missing_port_says_its_path()
    {
        Action open = () => SerialPortTransport.Open(new SerialPortSettings { Path = "/dev/serial/by-id/usb-none", Name = "probe-01" });

        TransportException error = open.Should().Throw<TransportException>().Which;
        error.Code.Should().Be("TRAN-001");
        error.Message.Should().Contain("/dev/serial/by-id/usb-none");
        error.Port.Should().Be("probe-01");
    }

    [Fact]
    public void A_file_that_is_no_terminal_is_refused()
    {
        Action open = () => SerialPortTransport.Open(new SerialPortSettings { Path = "/dev/null" });

        open.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-003");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(9600)]
    [InlineData(12345)]
    [InlineData(3000000)]
    public async Task The_device_sees_the_rate_that_the_client_set(int baud)
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });

        await using SerialPortTransport near = SerialPortTransport.Open(new SerialPortSettings { Path = far.ClientPath, Baud = baud });

        far.ClientBaud.Should().Be(baud);
        near.Rate.Should().Be(new LineRate(baud, 10));
    }

    [Fact]
    public async Task Rate_and_form_change_in_mid_dialogue()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, Baud = 300, Format = SerialFormat.SevenEven1 });
        _ = await near.WriteAsync("2F 3F 21 0D 0A".Octets(), CancellationToken.None);

        near.ChangeLine(9600, SerialFormat.EightNone1);
        _ = await near.WriteAsync("FE".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(far, 6)).ShouldBeHex("2F 3F 21 0D 0A FE");
        far.ClientBaud.Should().Be(9600);
        near.Rate.Baud.Should().Be(9600);
        near.Format.Should().Be(SerialFormat.EightNone1);
    }

    [Fact]
    public async Task A_change_of_the_line_passes_what_wraps_the_port()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        SerialPortTransport port = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, Baud = 9600, Format = SerialFormat.EightNone1 });
        FaultPlan.TryParse("seed=1,flip=0", out FaultPlan plan, out _).Should().BeTrue();
        await using RecordingTransport near = new(new FaultyTransport(port, plan, TimeProvider.System), new WireLog());

        near.TryChangeLine(new LineSetting(300, SerialFormat.SevenEven1)).Should().BeTrue();

        far.ClientBaud.Should().Be(300);
        (near.Rate.Baud, port.Format).Should().Be((300, SerialFormat.SevenEven1));
        new LineSetting(300, SerialFormat.SevenEven1).ToString().Should().Be("300 baud 7E1");
        IByteTransport device = far;
        device.TryChangeLine(new LineSetting(300, SerialFormat.SevenEven1)).Should().BeFalse("a device's end has no rate");
    }

    [Fact]
    public async Task A_line_without_pacing_costs_no_line_time()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });

        await using SerialPortTransport near = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, HasLineTime = false });

        near.Rate.Should().Be(LineRate.None);
    }

    [Fact]
    public async Task A_pseudo_terminal_has_no_modem_lines_no_counters_and_no_latency_timer()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, Dtr = true, Rts = false });

        near.TrySetModemLines(dtr: true, rts: null).Should().BeFalse();
        near.TryReadCounters(out _).Should().BeFalse();
        near.AdapterLatency.Should().BeNull();
        near.TrySetLowLatency().Should().BeFalse();
    }

    [Fact]
    public async Task Every_octet_value_passes_unchanged_in_both_directions()
    {
        await using TransportEnds ends = Open();
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        _ = await ends.Near.WriteAsync(all, CancellationToken.None);
        _ = await ends.Far.WriteAsync(all, CancellationToken.None);

        (await ReadExactlyAsync(ends.Far, 256)).Should().Equal(all);
        (await ReadExactlyAsync(ends.Near, 256)).Should().Equal(all);
    }

    [Fact]
    public async Task A_line_that_takes_nothing_is_an_error_and_not_a_hang()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        await using SerialPortTransport near = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, WriteStallLimit = TimeSpan.FromMilliseconds(30) });

        Task write = Task.Run(async () => await near.WriteAsync(new byte[1024 * 1024], CancellationToken.None));
        Func<Task> wait = () => write.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-006");
    }

    protected override TransportEnds Open()
    {
        PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings
        {
            Name = "pty",
            CompletesReadsInline = CompletesReadsInline,
            DrainLimit = Waits.Bound,
            WriteStallLimit = Waits.Bound,
        });
        return new TransportEnds(OpenPort(far), far, far.DisposeAsync);
    }

    /// <summary>Waits until the kernel has carried octets to the client's end: only what is there can be flushed.</summary>
    private static async Task ArrivedAsync(PtyMasterTransport far)
    {
        while (!far.HasUnread())
        {
            await Task.Yield();
        }
    }

    private SerialPortTransport OpenPort(PtyMasterTransport far) => SerialPortTransport.Open(
        new SerialPortSettings
        {
            Path = far.ClientPath,
            Name = "probe-01",
            CompletesReadsInline = CompletesReadsInline,
            WriteStallLimit = Waits.Bound,
        });
}
