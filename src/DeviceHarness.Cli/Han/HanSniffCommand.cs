using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han sniff</c>: what an adapter receives and sends, decoded.</summary>
internal static class HanSniffCommand
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int?> seconds = new("--for") { Description = "How many seconds; default: until Ctrl-C", HelpName = "seconds" };
        Option<string?> output = new("--output", "-o") { Description = "Write a pcapng file too", HelpName = "file" };
        HanOptions options = new();
        Command command = new(
            "sniff",
            """
            Show what the adapter receives and sends, decoded down to the attribute; and, as notes, what the network does by itself: devices
            sent away, messages not taken, an adapter lost and back. An adapter tells its host what is for itself, not what devices say to
            each other.

            Examples:
              harness han sniff --rig-config rigs/han/rig.yaml
              harness han sniff --for 60 -o han.pcapng --rig-config rigs/han/rig.yaml
            """)
        { seconds, output };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            return await options.OnBenchAsync(
                rig, parsed,
                bench => SniffAsync(bench, parsed.GetValue(seconds), parsed.GetValue(output), cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> SniffAsync(
        HanBench bench, int? seconds, string? output, CancellationToken cancellationToken)
    {
        _ = HanOptions.NetworkOf(bench);
        FileStream? file = output is null ? null : File.Create(output);
        await using ConfiguredAsyncDisposable closing = (file ?? Stream.Null).ConfigureAwait(false);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (seconds is { } limit)
        {
            over.CancelAfter(TimeSpan.FromSeconds(limit));
        }

        Sniffer sniffer = new(bench, file);
        using PeriodicTimer timer = new(LookInterval);
        bool goesOn = true;
        while (goesOn)
        {
            try
            {
                await timer.WaitForNextTickAsync(over.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The time is over, or somebody has heard enough: both end it well.
                goesOn = false;
            }

            await sniffer.LookAsync().ConfigureAwait(false);
        }

        string written = output is null ? "" : $"; {output}";
        await Console.Error.WriteLineAsync($"{sniffer.Messages} messages{written}").ConfigureAwait(false);
        return ExitCode.Passed;
    }

    /// <summary>Follows the octets of an adapter's line.</summary>
    private sealed class Sniffer(HanBench bench, FileStream? file)
    {
        private readonly AdapterLineReader _line = new();
        private readonly HanMessages _messages = new();
        private readonly ArrayBufferWriter<byte> _buffer = new();
        private PcapngWriter? _writer;
        private long _position;

        public int Messages { get; private set; }

        public async Task LookAsync()
        {
            IReadOnlyList<WireRecord> records = bench.Wire.Since(_position, out long lost);
            _position += lost + records.Count;
            _writer ??= file is null ? null : new PcapngWriter(_buffer, bench.Adapter.Name);
            if (lost > 0)
            {
                await Console.Error.WriteLineAsync($"{lost} pieces of octets were lost: too many came at once").ConfigureAwait(false);
            }

            foreach (WireRecord record in records)
            {
                DateTimeOffset time = TimeProvider.System.GetUtcNow() - Stopwatch.GetElapsedTime(record.Timestamp);
                foreach (AdapterFrame frame in _line.Take(record.Direction == WireDirection.ToDevice, record.Octets.Span))
                {
                    if (_messages.Find(frame) is { } message)
                    {
                        Show(time, message);
                    }
                }
            }

            foreach (HanNotice notice in bench.TakeNotices())
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notice.At:HH:mm:ss.fff} note {notice.Text}"));
            }

            if (file is not null)
            {
                await file.WriteAsync(_buffer.WrittenMemory).ConfigureAwait(false);
                _buffer.ResetWrittenCount();
            }
        }

        private void Show(DateTimeOffset time, HanMessage found)
        {
            Messages++;
            RebuiltMessage message = found.Message;
            ushort other = found.IsSent ? message.Destination : message.Source;
            string name = bench.NameOf(other) is { } device ? $" {device}" : "";
            string way = found.IsSent ? "to  " : "from";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{time:HH:mm:ss.fff} {way} {other:X4}{name}, profile {message.Header.Profile:X4}. {found.Remark}"));
            if (AdapterKeyFinder.HoldsTopUpCode(message.Header.Cluster, message.Asdu.Span))
            {
                Console.WriteLine("  a top-up, or a log of them: token codes are not shown, and not written");
                return;
            }

            ExplainLayer layer = message.Header.Profile == ZigBeeProfile.Device ? ExplainLayer.Zdo : ExplainLayer.Zcl;
            foreach (string line in FrameExplainer.Explain(
                message.Asdu.ToArray(), new ExplainOptions(layer, Cluster: message.Header.Cluster), out _))
            {
                Console.WriteLine($"  {line}");
            }

            _writer?.Write(time, message, found.Remark);
        }
    }
}
