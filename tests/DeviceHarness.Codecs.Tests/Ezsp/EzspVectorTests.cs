using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

public sealed class EzspVectorTests
{
    /// <summary>The names of the vectors' fields, and those that the messages have.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["seq"] = "Sequence",
        ["frame_id"] = "FrameId",
        ["src_ep"] = "SourceEndpoint",
        ["dst_ep"] = "DestinationEndpoint",
        ["group"] = "GroupId",
        ["aps_seq"] = "Aps.Sequence",
        ["lqi"] = "LastHopLqi",
        ["rssi"] = "LastHopRssi",
        ["sender"] = "SenderId",
        ["config_id"] = "ConfigurationId",
        ["input_clusters"] = "InputClusters",
        ["output_clusters"] = "OutputClusters",
        ["multicast_id"] = "GroupId",
        ["bitmask"] = "Bits",
        ["tc_eui64"] = "TrustCenterEui64",
        ["tx_power"] = "TxPowerDbm",
        ["nwk_manager"] = "NetworkManager",
        ["nwk_update_id"] = "NetworkUpdateId",
        ["duration"] = "Value",
        ["policy_decision"] = "Decision",
        ["parent"] = "ParentId",
        ["aps_sequence"] = "ApsSequence",
        ["core_key_type"] = "KeyType",
        ["psa_alg"] = "PsaAlgorithm",
        ["sequence_number"] = "Value",
        ["am_initiator"] = "IsInitiator",
        ["partner_ephemeral"] = "PartnerEphemeralPublicKey",
        ["store_link_key"] = "Value",
        ["ezsp_value"] = "Value",
    };

    private static readonly HashSet<string> Notes =
    [
        "format", "frame_control", "callback", "note", "status_name", "decision_names", "value_length", "build", "major", "minor", "patch",
        "special",
    ];

    public static TheoryData<string> All { get; } = [.. EzspSamples.Vectors.Select(vector => vector.Name)];

    [Fact]
    public void All_vectors_of_the_file_are_looked_at() => EzspSamples.Vectors.Should().HaveCount(35);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_vector_means_what_its_source_says_and_is_written_again_the_same(string name)
    {
        TestVector vector = EzspSamples.Vectors.Single(candidate => candidate.Name == name);
        EzspVersion version = VersionOf(vector);
        EzspHeader.Decode(vector.Octets, version.HeaderForm, out EzspHeader header, out int consumed, out CodecFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        byte[] parameters = vector.Octets[consumed..];
        Type type = TypeOf(header);

        (OperationStatus status, object message, fault) = EzspSamples.Read(type, parameters, version);

        status.Should().Be(OperationStatus.Done, fault.ToString());
        Dictionary<string, object> found = new(StringComparer.OrdinalIgnoreCase);
        Flatten(message, "", found);
        found["Sequence"] = header.Sequence;
        found["FrameId"] = header.FrameId;
        foreach (JsonProperty field in vector.Fields.EnumerateObject().Where(field => !Notes.Contains(field.Name)))
        {
            Compare(field, found);
        }

        header.Callback.Should().Be(header.IsResponse && header.FrameId.ToString().EndsWith("Handler", StringComparison.Ordinal)
            ? EzspCallbackKind.Asynchronous
            : EzspCallbackKind.None);
        byte[] again = new byte[vector.Octets.Length];
        EzspHeader.Encode(header, version.HeaderForm, again, out consumed).Should().Be(OperationStatus.Done);
        EzspSamples.Write(message, version).CopyTo(again, consumed);
        again.ShouldBeHex(Convert.ToHexString(vector.Octets));
        EzspCatalogue.Describe(header, parameters, version).Should().StartWith($"{header.FrameId}: ").And.Contain("{");
    }

    private static void Compare(JsonProperty field, Dictionary<string, object> found)
    {
        string name = Names.GetValueOrDefault(field.Name, field.Name.Replace("_", "", StringComparison.Ordinal));
        if (field.Name == "type" && !found.ContainsKey("Type"))
        {
            return;
        }

        found.Should().ContainKey(name, $"the vector says {field}");
        object value = found[name];
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.String when value is ulong number:
                number.ToString("x16", CultureInfo.InvariantCulture).Should().Be(field.Value.GetString(), field.Name);
                break;
            case JsonValueKind.String when value is EzspKey key:
                key.ToArray().ShouldBeHex(field.Value.GetString()!, field.Name);
                break;
            case JsonValueKind.String:
                ((ReadOnlyMemory<byte>)value).Span.ShouldBeHex(field.Value.GetString()!, field.Name);
                break;
            case JsonValueKind.Array:
                ((ReadOnlyMemory<ushort>)value).ToArray().Should().Equal(field.Value.EnumerateArray().Select(item => item.GetUInt16()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Convert.ToBoolean(value, CultureInfo.InvariantCulture).Should().Be(field.Value.GetBoolean(), field.Name);
                break;
            default:
                long actual = value is EzspStatusCode status ? status.Value : Convert.ToInt64(value, CultureInfo.InvariantCulture);
                actual.Should().Be(field.Value.GetInt64(), field.Name);
                break;
        }
    }

    private static void Flatten(object message, string path, Dictionary<string, object> found)
    {
        foreach (System.Reflection.PropertyInfo property in message.GetType().GetProperties()
            .Where(property => property.GetMethod is { IsStatic: false } && property.GetIndexParameters().Length == 0))
        {
            object value = property.GetValue(message)!;
            found.TryAdd(path + property.Name, value);
            if (EzspSamples.MessageTypes.Contains(value.GetType()))
            {
                Flatten(value, property.Name + ".", found);
                Flatten(value, "", found);
            }
        }

        if (message is Codecs.Ezsp.Messages.TrustCenterJoin join)
        {
            found["Status"] = join.Update;
        }

        if (message is Codecs.Ezsp.Messages.OctetParameter octet)
        {
            found["ValueId"] = octet.Value;
        }
    }

    private static Type TypeOf(EzspHeader header)
    {
        IEzspExchange exchange = EzspCatalogue.All.Single(candidate => candidate.Id == header.FrameId);
        Type[] types = exchange.GetType().GetGenericArguments();
        return header.IsResponse ? types[^1] : types[0];
    }

    /// <summary>The version whose header the vector has; the reference version where the source says none.</summary>
    private static EzspVersion VersionOf(TestVector vector)
    {
        string format = vector.Fields.TryGetProperty("format", out JsonElement text) ? text.GetString()! : "extended";
        return format switch
        {
            "legacy" => EzspVersion.Oldest,
            "extended" => EzspVersion.Reference,
            _ when format.StartsWith("v4", StringComparison.Ordinal) => EzspVersion.Oldest,
            _ => new EzspVersion(6),
        };
    }
}
