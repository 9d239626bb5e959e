using System.Buffers;
using System.Globalization;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Tests.Zcl;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Interop.Tests.Grpc;
using Xunit;

namespace DeviceHarness.Interop.Tests.Capture;

/// <summary>A capture with a frame of every command, and what tshark says about it. The program starts once for all tests.</summary>
public sealed class TsharkCapture : IAsyncLifetime
{
    private const ushort Pan = 0x1A62;
    private const ushort Meter = 0x4A1D;
    private const char Separator = '|';

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tshark-");
    private readonly List<string> _names = [];
    private readonly ArrayBufferWriter<byte> _file = new();
    private readonly PcapngWriter _writer;
    private byte _counter;

    public TsharkCapture()
    {
        _writer = new(_file, "virtual radio");
    }

    /// <summary>When the first packet was told; each next one a microsecond and a hundred nanoseconds later.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    /// <summary>The packets in order.</summary>
    public IReadOnlyList<TsharkPacket> Packets { get; private set; } = [];

    public async Task InitializeAsync()
    {
        AddGlobalCommands();
        AddClusterCommands();
        AddAttributes();
        AddZdoMessages();
        string path = Path.Combine(_folder.FullName, "han.pcapng");
        await File.WriteAllBytesAsync(path, _file.WrittenMemory);
        string[] fields =
        [
            "frame.number", "frame.time_epoch", "frame.comment", "frame.protocols", "_ws.malformed", "_ws.expert.message", "_ws.col.Info",
            "zbee_aps.cluster", "zbee_zcl.attr.id", "zbee_zcl.attr.data.type", "data.data",
        ];
        (int code, string output) = await ToolRun.ReadAsync(
            _folder.FullName, "tshark",
            [
                "-r", path, "-T", "fields", "-E", $"separator={Separator}", "-E", "occurrence=a", "-E", "aggregator=;",
                .. fields.SelectMany(field => new[] { "-e", field }),
            ]);
        Packets =
        [
            .. output.Split('\n').Where(line => line.Count(letter => letter == Separator) == fields.Length - 1)
                .Select(line => TsharkPacket.Read(_names, line.Split(Separator))),
        ];
        if (code != 0 || Packets.Count != _names.Count)
        {
            throw new InvalidOperationException($"tshark ended with {code}, {Packets.Count} of {_names.Count} packets:\n{output}");
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private void AddGlobalCommands()
    {
        foreach (CommandDefinition command in GlobalCommands.All)
        {
            ZclHeader header = new(ZclFrameType.Global, ZclSide.Server, _counter, (byte)command.Id);
            byte[] frame = ZclFrame.Compose(header, CommandSamples.Fill(command.Layout.Create()));
            Add($"global {command.Name}", ZigBeeProfile.SmartEnergy, ClusterCatalogue.Metering.Id, frame);
        }
    }

    private void AddClusterCommands()
    {
        foreach (ClusterCommand command in ClusterCatalogue.All.SelectMany(cluster => cluster.Commands))
        {
            byte[] frame = command.Compose(_counter, CommandSamples.Fill(command.Create()));
            Add($"{command.Cluster:X4} {command.From} {command.Name}", ZigBeeProfile.SmartEnergy, command.Cluster, frame);
        }
    }

    /// <summary>A report of every attribute of every cluster, a few in each frame.</summary>
    private void AddAttributes()
    {
        foreach (Cluster cluster in ClusterCatalogue.All)
        {
            foreach (AttributeDefinition[] some in cluster.Attributes.Where(IsShown).Chunk(6))
            {
                ZclHeader header = new(ZclFrameType.Global, some[0].Side, _counter, (byte)GlobalCommand.ReportAttributes);
                MessageContent content = GlobalCommands.Values(
                    GlobalCommand.ReportAttributes, some.Where(attribute => attribute.Side == some[0].Side)
                        .Select(attribute => new AttributeResult(attribute.Id, CommandSamples.Value(attribute.Type, attribute.Id & 0x7F))));
                byte[] frame = ZclFrame.Compose(header, content);
                Add($"{cluster.Id:X4} attributes from {some[0].Id:X4}", ZigBeeProfile.SmartEnergy, cluster.Id, frame);
            }
        }
    }

    private void AddZdoMessages()
    {
        foreach (CommandDefinition message in ZdoMessages.All)
        {
            Add($"ZDO {message.Name}", ZigBeeProfile.Device, message.Id, CommandSamples.Fill(message.Layout.Create()).ToOctets());
        }
    }

    private void Add(string name, ushort profile, ushort cluster, byte[] asdu)
    {
        byte endpoint = profile == ZigBeeProfile.Device ? (byte)0 : (byte)1;
        ApsHeader header = new(ApsFrameType.Data, ApsDelivery.Unicast, _counter++)
        {
            DestinationEndpoint = endpoint,
            Cluster = cluster,
            Profile = profile,
            SourceEndpoint = endpoint,
        };
        DateTimeOffset time = Start.AddTicks(11L * _names.Count);
        _names.Add(string.Create(CultureInfo.InvariantCulture, $"{name}"));
        _writer.Write(time, new RebuiltMessage(Pan, Meter, ZigBeeProfile.Coordinator, header, asdu));
    }

    /// <summary>One of each long row of like attributes is enough.</summary>
    private static bool IsShown(AttributeDefinition attribute) => attribute.Cluster switch
    {
        0x0700 => attribute.Id is < 0x0110 or (>= 0x0200 and < 0x0404) or (>= 0x0600 and < 0x8000),
        0x0702 => attribute.Id is < 0x0720 or >= 0x0800,
        0x0708 => attribute.Side == ZclSide.Server || attribute.Id is < 0x0108 or (>= 0x0200 and < 0x0208),
        _ => true,
    };
}
