using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Guest;

/// <summary>The serial transport on two USB adapters, whose lines end at each other, under the kernel's own driver.</summary>
internal sealed class SerialChecks(CheckReport report, OutsideWorld outside)
{
    private const string ById = "/dev/serial/by-id";
    private const string ByPath = "/dev/serial/by-path";
    private const string NearNumber = "HARNESS-NEAR";
    private const string FarNumber = "HARNESS-FAR";
    private const string TwinNumber = "0001";
    private const int Block = 4096;

    public async Task RunAsync()
    {
        await report.CheckAsync("adapters have names by their serial numbers and by their sockets", NamedAsync).ConfigureAwait(false);
        await report.CheckAsync("octets come over whole, both ways", OctetsAsync).ConfigureAwait(false);
        await report.CheckAsync("a port in use is refused, to root too", InUseAsync).ConfigureAwait(false);
        await report.CheckAsync("rate, data bits, parity and stop bits reach the chip, in mid-dialogue", FormsAsync).ConfigureAwait(false);
        await report.CheckAsync("a rate that the chip cannot make is refused", NoSuchRateAsync).ConfigureAwait(false);
        await report.CheckAsync("DTR and RTS reach the chip", ModemLinesAsync).ConfigureAwait(false);
        await report.CheckAsync("the latency timer is told, and set to the least", LatencyAsync).ConfigureAwait(false);
        await report.CheckAsync("counters of bad octets are told, and stand still on a sound line", CountersAsync).ConfigureAwait(false);
        await report.CheckAsync("an adapter that is pulled out ends a read and a write", PulledOutAsync).ConfigureAwait(false);
        await report.CheckAsync("it comes back under another number and the same name", ComesBackAsync).ConfigureAwait(false);
        await report.CheckAsync("two adapters alike are told apart by their sockets alone", TwinsAsync).ConfigureAwait(false);
    }

    private static string NameOf(string number)
    {
        string[] names = Directory.Exists(ById) ? Directory.GetFiles(ById, $"*_{number}-if00-port0") : [];
        return names.Length == 1 ? names[0] : throw new CheckFailedException($"{ById} has {names.Length} names with {number}");
    }

    private static bool IsThere(string number) => Directory.Exists(ById) && Directory.GetFiles(ById, $"*_{number}-if00-port0").Length == 1;

    private static SerialPortTransport Open(string number, int baud = 115200) =>
        SerialPortTransport.Open(new SerialPortSettings { Path = NameOf(number), Name = number, Baud = baud });

    private static async Task<byte[]> ReadAsync(SerialPortTransport port, int octets)
    {
        byte[] read = new byte[octets];
        int count = 0;
        while (count < octets)
        {
            TransportRead piece = await port.ReadAsync(read.AsMemory(count), CheckReport.Patience, CancellationToken.None)
                .ConfigureAwait(false);
            CheckReport.Require(piece.Count > 0, $"{count} of {octets} octets came, and then nothing");
            count += piece.Count;
        }

        return read;
    }

    private static async Task SendAsync(SerialPortTransport from, SerialPortTransport to, byte[] octets)
    {
        await from.WriteAsync(octets, CancellationToken.None).ConfigureAwait(false);
        byte[] read = await ReadAsync(to, octets.Length).ConfigureAwait(false);
        CheckReport.Require(read.AsSpan().SequenceEqual(octets), $"{octets.Length} octets came, and not those that were sent");
    }

    private async Task NamedAsync()
    {
        outside.PlugIn("near", NearNumber, "near");
        outside.PlugIn("far", FarNumber, "far");
        await CheckReport.UntilAsync(() => IsThere(NearNumber) && IsThere(FarNumber), $"no such names in {ById}").ConfigureAwait(false);

        await using SerialPortTransport near = Open(NearNumber);
        CheckReport.Require(near.DevicePath.StartsWith("/dev/ttyUSB", StringComparison.Ordinal), $"the name leads to {near.DevicePath}");
        CheckReport.RequireEqual(Directory.GetFiles(ByPath).Length >= 2, true, "names by socket");
        report.Note($"{NameOf(NearNumber)} leads to {near.DevicePath}");
    }

    private async Task OctetsAsync()
    {
        byte[] octets = [.. Enumerable.Range(0, Block).Select(index => (byte)(index * 7))];
        await using SerialPortTransport near = Open(NearNumber);
        await using SerialPortTransport far = Open(FarNumber);

        await SendAsync(near, far, octets).ConfigureAwait(false);
        await SendAsync(far, near, octets).ConfigureAwait(false);
    }

    private async Task InUseAsync()
    {
        await using SerialPortTransport near = Open(NearNumber);
        await CheckReport.RequireFaultAsync("TRAN-002", () => Open(NearNumber).DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    private async Task FormsAsync()
    {
        await using SerialPortTransport near = Open(NearNumber, 9600);
        await using SerialPortTransport far = Open(FarNumber, 9600);
        string rate = outside.Traced("usb_serial_set_baud .* 9600$");

        CheckReport.Require(near.TryChangeLine(new LineSetting(2400, SerialFormat.SevenEven1)), "the line cannot be changed");
        string form = outside.Traced("usb_serial_set_data .*parity E, data bits 7, stop bits 1");
        CheckReport.Require(near.TryChangeLine(new LineSetting(300, SerialFormat.SevenEven1)), "the line cannot be changed");
        string slow = outside.Traced("usb_serial_set_baud .* 300$");
        await SendAsync(near, far, "/?!\r\n"u8.ToArray()).ConfigureAwait(false);
        CheckReport.Require(near.TryChangeLine(new LineSetting(9600, SerialFormat.EightNone1)), "the line cannot be changed");
        string back = outside.Traced("usb_serial_set_data .*parity N, data bits 8, stop bits 1");
        await SendAsync(far, near, [0x7E, 0xA0, 0xFF, 0x00, 0x11, 0x13, 0x03, 0x7E]).ConfigureAwait(false);
        report.Note($"the chip was told: {rate}; {slow}; {form}; {back}");
    }

    private async Task NoSuchRateAsync()
    {
        TransportException fault = await CheckReport
            .RequireFaultAsync("TRAN-003", () => Open(NearNumber, 12_000_000).DisposeAsync().AsTask()).ConfigureAwait(false);
        CheckReport.Require(fault.Message.Contains("12000000 baud", StringComparison.Ordinal), fault.Message);
        await using SerialPortTransport near = Open(NearNumber);
    }

    private async Task ModemLinesAsync()
    {
        await using SerialPortTransport near = Open(NearNumber);
        RequireModem(near, dtr: false, rts: null, "0x100");
        RequireModem(near, dtr: true, rts: null, "0x101");
        RequireModem(near, dtr: null, rts: false, "0x200");
        RequireModem(near, dtr: null, rts: true, "0x202");
    }

    /// <summary>The vendor's request 1: the low octet is DTR and RTS, the high one says which of them counts.</summary>
    private void RequireModem(SerialPortTransport port, bool? dtr, bool? rts, string value)
    {
        CheckReport.Require(port.TrySetModemLines(dtr, rts), "an adapter with modem lines says it has none");
        _ = outside.Traced($"usb_serial_handle_control .*got control 0x4001, value {value}$");
    }

    private async Task LatencyAsync()
    {
        await using SerialPortTransport near = Open(NearNumber);
        CheckReport.Require(near.AdapterLatency is not null, "the driver's latency timer is not found");
        CheckReport.Require(near.TrySetLowLatency(), "low latency is refused");
        CheckReport.RequireEqual(near.AdapterLatency, TimeSpan.FromMilliseconds(1), "latency timer");
    }

    private async Task CountersAsync()
    {
        await using SerialPortTransport near = Open(NearNumber);
        await using SerialPortTransport far = Open(FarNumber);
        CheckReport.Require(near.TryReadCounters(out LineStatusCounters before), "the adapter counts nothing");
        await SendAsync(far, near, [0x00, 0xFF, 0x7E]).ConfigureAwait(false);
        CheckReport.Require(near.TryReadCounters(out LineStatusCounters after), "the adapter counts nothing");
        CheckReport.RequireEqual(after, before, "framing, overrun, parity and breaks of a sound line");
    }

    private async Task PulledOutAsync()
    {
        await using SerialPortTransport near = Open(NearNumber);
        Task<TransportRead> read = near.ReadAsync(new byte[16], Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        long pulled = Stopwatch.GetTimestamp();
        outside.PullOut("near");
        await CheckReport.RequireFaultAsync("TRAN-004", () => read).ConfigureAwait(false);
        report.Note($"an adapter that was pulled out was noticed after {Stopwatch.GetElapsedTime(pulled).TotalMilliseconds:F0} ms");
        await CheckReport.RequireFaultAsync("TRAN-004", () => near.WriteAsync(new byte[16], CancellationToken.None).AsTask())
            .ConfigureAwait(false);
        await CheckReport.RequireFaultAsync("TRAN-004", () => near.TryReadCounters(out _)).ConfigureAwait(false);
        await CheckReport.UntilAsync(() => !IsThere(NearNumber), $"its name stays in {ById}").ConfigureAwait(false);
    }

    private async Task ComesBackAsync()
    {
        string[] before = Directory.GetFiles("/dev", "ttyUSB*");

        // Another adapter takes the number that was freed.
        outside.PlugIn("spare", "SPARE", "spare");
        await CheckReport.UntilAsync(() => IsThere("SPARE"), "the other adapter does not appear").ConfigureAwait(false);
        outside.PlugIn("near", NearNumber, "near");
        await CheckReport.UntilAsync(() => IsThere(NearNumber), "it does not come back").ConfigureAwait(false);
        await using SerialPortTransport near = Open(NearNumber);
        await using SerialPortTransport far = Open(FarNumber);
        await SendAsync(near, far, [0x7E, 0x01, 0x7E]).ConfigureAwait(false);
        await SendAsync(far, near, [0x7E, 0x02, 0x7E]).ConfigureAwait(false);
        report.Note($"it came back as {near.DevicePath}; before there were {string.Join(' ', before)}, one of them the other end");
        outside.PullOut("spare");
    }

    private async Task TwinsAsync()
    {
        outside.PlugIn("one", TwinNumber, "one");
        await CheckReport.UntilAsync(() => IsThere(TwinNumber), "the first does not appear").ConfigureAwait(false);
        string name = NameOf(TwinNumber);
        await using (SerialPortTransport alone = Open(TwinNumber))
        {
            report.Note($"alone, {name} leads to {alone.DevicePath}");
        }

        outside.PlugIn("two", TwinNumber, "two");
        await CheckReport.UntilAsync(() => Alike().All(one => one.ByPath.Length > 0) && Alike().Length == 2, "the second does not appear")
            .ConfigureAwait(false);
        TransportException fault = await CheckReport
            .RequireFaultAsync("TRAN-008", () => Open(TwinNumber).DisposeAsync().AsTask()).ConfigureAwait(false);
        IReadOnlyList<UsbSerialAdapter> all = UsbSerialAdapters.Find();
        foreach (UsbSerialAdapter twin in Alike())
        {
            CheckReport.RequireEqual(twin.StableName(all), twin.ByPath, "the name to give it");
            CheckReport.Require(fault.Message.Contains(twin.ByPath, StringComparison.Ordinal), $"no {twin.ByPath} in: {fault.Message}");
            await using SerialPortTransport port = SerialPortTransport.Open(new SerialPortSettings { Path = twin.ByPath });
            CheckReport.RequireEqual(port.DevicePath, twin.DevicePath, "what the name by socket leads to");
        }

        UsbSerialAdapter near = all.Single(adapter => adapter.SerialNumber == NearNumber);
        CheckReport.RequireEqual(near.StableName(all), NameOf(NearNumber), "the name of an adapter with a number of its own");
        outside.PullOut("one");
        outside.PullOut("two");
    }

    private static UsbSerialAdapter[] Alike() => [.. UsbSerialAdapters.Find().Where(adapter => adapter.SerialNumber == TwinNumber)];
}
