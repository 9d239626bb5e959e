using System.Text.Json;
using System.Text.Json.Serialization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis;

namespace DeviceHarness.Store.Sqlite;

/// <summary>The stored form of events, device sets and what is known of issues.</summary>
internal static partial class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new Eui64Converter(), new JsonStringEnumConverter() },
        TypeInfoResolver = StoredTypes.Default,
    };

    /// <summary>The name and the text of an event; evidence is given without its content, with its reference.</summary>
    public static (string Kind, string Body) Write(AttemptEvent attemptEvent, EvidenceReference? evidence) => attemptEvent switch
    {
        AttemptStarted started => (nameof(AttemptStarted), JsonSerializer.Serialize(started, Options)),
        StepStarted started => (nameof(StepStarted), JsonSerializer.Serialize(started, Options)),
        StepFinished finished => (nameof(StepFinished), JsonSerializer.Serialize(finished, Options)),
        InventoryChanged changed => (nameof(InventoryChanged), JsonSerializer.Serialize(changed, Options)),
        AlertReceived received => (nameof(AlertReceived), JsonSerializer.Serialize(received, Options)),
        AttemptFinished finished => (nameof(AttemptFinished), JsonSerializer.Serialize(finished, Options)),
        EvidenceRecorded recorded when evidence is not null =>
            (nameof(EvidenceRecorded), JsonSerializer.Serialize(new StoredEvidence(recorded.Time, evidence), Options)),
        _ => throw new ArgumentOutOfRangeException(nameof(attemptEvent), attemptEvent.GetType(), "not an event that the store knows"),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static (AttemptEvent Event, EvidenceReference? Evidence) Read(string kind, string body)
    {
        switch (kind)
        {
            case nameof(AttemptStarted):
                return (Parse<AttemptStarted>(body), null);
            case nameof(StepStarted):
                return (Parse<StepStarted>(body), null);
            case nameof(StepFinished):
                return (Parse<StepFinished>(body), null);
            case nameof(InventoryChanged):
                return (Parse<InventoryChanged>(body), null);
            case nameof(AlertReceived):
                return (Parse<AlertReceived>(body), null);
            case nameof(AttemptFinished):
                return (Parse<AttemptFinished>(body), null);
            case nameof(EvidenceRecorded):
                StoredEvidence stored = Parse<StoredEvidence>(body);
                EvidenceReference reference = stored.Evidence;
                return (new EvidenceRecorded(reference.Name, reference.MediaType, default) { Time = stored.Time }, reference);
            default:
                throw new JsonException($"'{kind}' is not an event that the store knows");
        }
    }

    /// <summary>The text of a device set.</summary>
    public static string WriteDevices(IReadOnlyList<DeviceBaseline> devices) => JsonSerializer.Serialize(devices, Options);

    /// <summary>Reads what <see cref="WriteDevices"/> wrote.</summary>
    public static IReadOnlyList<DeviceBaseline> ReadDevices(string text) => Parse<DeviceBaseline[]>(text);

    /// <summary>The text of spare rigs.</summary>
    public static string WriteSpares(IReadOnlyList<SpareRig> spares) => JsonSerializer.Serialize(spares, Options);

    /// <summary>Reads what <see cref="WriteSpares"/> wrote.</summary>
    public static IReadOnlyList<SpareRig> ReadSpares(string text) => Parse<SpareRig[]>(text);

    /// <summary>The text of what is known of an issue.</summary>
    public static string WriteFacts(IssueFacts facts) => JsonSerializer.Serialize(facts, Options);

    /// <summary>Reads what <see cref="WriteFacts"/> wrote.</summary>
    public static IssueFacts ReadFacts(string text) => Parse<IssueFacts>(text);

    /// <summary>The text of what people said of an issue.</summary>
    public static string WriteStanding(IssueStanding standing) => JsonSerializer.Serialize(standing, Options);

    /// <summary>Reads what <see cref="WriteStanding"/> wrote.</summary>
    public static IssueStanding ReadStanding(string text) => Parse<IssueStanding>(text);

    /// <summary>The text of the maxima of a threshold set.</summary>
    public static string WriteMaxima(IReadOnlyList<int?> maxima) => JsonSerializer.Serialize(maxima, Options);

    /// <summary>Reads what <see cref="WriteMaxima"/> wrote.</summary>
    public static IReadOnlyList<int?> ReadMaxima(string text) => Parse<int?[]>(text);

    /// <summary>The text of a list of names.</summary>
    public static string WriteNames(IReadOnlyList<string> names) => JsonSerializer.Serialize(names, Options);

    /// <summary>Reads what <see cref="WriteNames"/> wrote.</summary>
    public static IReadOnlyList<string> ReadNames(string text) => Parse<string[]>(text);

    /// <summary>The text of a proposal; empty when there is none.</summary>
    public static string WriteProposal(TestProposal? proposal) =>
        proposal is null ? string.Empty : JsonSerializer.Serialize(proposal, Options);

    /// <summary>Reads what <see cref="WriteProposal"/> wrote.</summary>
    public static TestProposal? ReadProposal(string text) => text.Length == 0 ? null : Parse<TestProposal>(text);

    /// <summary>The text of the firmware with which a combination is eligible.</summary>
    public static string WriteEligible(IReadOnlyList<EligibleFirmware> firmware) => JsonSerializer.Serialize(firmware, Options);

    /// <summary>Reads what <see cref="WriteEligible"/> wrote.</summary>
    public static IReadOnlyList<EligibleFirmware> ReadEligible(string text) => Parse<EligibleFirmware[]>(text);

    private static T Parse<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("null is not a stored value");

    // Compiled: a store that finds out by reflection how its types look starts a tenth of a second later.
    [JsonSerializable(typeof(AttemptStarted))]
    [JsonSerializable(typeof(StepStarted))]
    [JsonSerializable(typeof(StepFinished))]
    [JsonSerializable(typeof(InventoryChanged))]
    [JsonSerializable(typeof(AlertReceived))]
    [JsonSerializable(typeof(AttemptFinished))]
    [JsonSerializable(typeof(StoredEvidence))]
    [JsonSerializable(typeof(DeviceBaseline[]))]
    [JsonSerializable(typeof(SpareRig[]))]
    [JsonSerializable(typeof(IssueFacts))]
    [JsonSerializable(typeof(IssueStanding))]
    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(int?[]))]
    [JsonSerializable(typeof(TestProposal))]
    [JsonSerializable(typeof(EligibleFirmware[]))]
    [JsonSerializable(typeof(IReadOnlyList<DeviceBaseline>))]
    [JsonSerializable(typeof(IReadOnlyList<SpareRig>))]
    [JsonSerializable(typeof(IReadOnlyList<int?>))]
    [JsonSerializable(typeof(IReadOnlyList<string>))]
    [JsonSerializable(typeof(IReadOnlyList<EligibleFirmware>))]
    private sealed partial class StoredTypes : JsonSerializerContext;

    private sealed record StoredEvidence(DateTimeOffset Time, EvidenceReference Evidence);

    private sealed class Eui64Converter : JsonConverter<Eui64>
    {
        public override Eui64 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Eui64.TryParse(reader.GetString(), out Eui64 value) ? value : throw new JsonException("not an EUI-64");

        public override void Write(Utf8JsonWriter writer, Eui64 value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
