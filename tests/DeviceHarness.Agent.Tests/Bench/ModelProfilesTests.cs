using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Each shipped profile before the virtual meter that stands for its model: neither knows the other's file.</summary>
public sealed class ModelProfilesTests
{
    private const int LeastDifferences = 5;

    private static readonly (string Profile, string Model)[] Models =
    [
        ("generic-smets1-esme", "esme.yaml"),
        ("aclara-like", "esme-aclara-like.yaml"),
        ("liberty-110-like", "esme-liberty-110-like.yaml"),
        ("poa-on-ota", "esme-poa-on-ota.yaml"),
        ("strict-link", "esme-strict-link.yaml"),
    ];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string profile, string model) in Models)
            {
                data.Add(profile, model);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_profile_drives_the_meter_of_its_model(string profile, string model)
    {
        Dialogue dialogue = await HoldAsync(profile, model);

        foreach (string srv in (string[])["4.1.1", "7.2", "7.1", "4.8.1", "11.2"])
        {
            dialogue.Outcomes[srv].Kind.Should().Be(DeviceOutcomeKind.Done, $"{srv}: {dialogue.Outcomes[srv].Detail}");
        }

        dialogue.Outcomes["7.7"].Kind.Should().Be(
            dialogue.AuxiliaryLoads > 0 ? DeviceOutcomeKind.Done : DeviceOutcomeKind.Refused, dialogue.Outcomes["7.7"].Detail);
        dialogue.Outcomes["7.11"].Kind.Should().Be(DeviceOutcomeKind.Refused, "none of them lets a client see its boost");
    }

    [Theory]
    [InlineData("generic-smets1-esme", "esme.yaml", "030393", "0400")]
    [InlineData("aclara-like", "esme-aclara-like.yaml", "000200230393", "0200")]
    [InlineData("liberty-110-like", "esme-liberty-110-like.yaml", "02210593", "0280")]
    [InlineData("poa-on-ota", "esme-poa-on-ota.yaml", "210793", "0800")]
    [InlineData("strict-link", "esme-strict-link.yaml", "04450993", "0100")]
    public async Task The_first_octets_are_those_of_the_model(string profile, string model, string addressesAndSnrm, string pdu)
    {
        Dialogue dialogue = await HoldAsync(profile, model);

        dialogue.FirstFrame.Should().StartWith(addressesAndSnrm);
        dialogue.Facets["associate"].Should().EndWith(pdu);
    }

    [Fact]
    public async Task No_profile_can_stand_for_another_since_at_least_five_things_differ_in_octets()
    {
        List<Dialogue> dialogues = [];
        foreach ((string profile, string model) in Models)
        {
            dialogues.Add(await HoldAsync(profile, model));
        }

        var pairs =
            from one in dialogues
            from other in dialogues
            where string.CompareOrdinal(one.Profile, other.Profile) < 0
            select (
                Pair: $"{one.Profile} and {other.Profile}",
                Differences: one.Facets.Count(facet => other.Facets[facet.Key] != facet.Value));
        pairs.Where(pair => pair.Differences < LeastDifferences).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_meter_is_not_driven_by_the_profile_of_another(string profile, string model)
    {
        string other = Models[(Array.FindIndex(Models, pair => pair.Profile == profile) + 1) % Models.Length].Profile;

        Dialogue dialogue = await HoldAsync(other, model);

        dialogue.Outcomes["4.1.1"].Kind.Should().Be(DeviceOutcomeKind.Unreachable, "its address is another");
    }

    [Fact]
    public async Task A_refusal_that_is_known_of_a_model_says_so_and_who_says_so()
    {
        Dialogue dialogue = await HoldAsync("liberty-110-like", "esme-liberty-110-like.yaml");

        DeviceOutcome boost = dialogue.Outcomes["7.11"];
        boost.Body!.MessageSuccess.Should().BeFalse();
        boost.Detail.Should().Contain("known of liberty-110-like: boost-kept-and-refused").And.Contain("EPCL Report 22");
    }

    private static async Task<Dialogue> HoldAsync(string profileName, string model)
    {
        await using ModelBench bench = new(profileName, model);
        ReadLogPeriod period = new(bench.Now.AddHours(-3), bench.Now);
        Dialogue dialogue = new(profileName, bench.Meter.AuxiliaryLoads.Count);
        foreach (SrvRequestBody body in (SrvRequestBody[])
            [
                new ReadInstantaneousImportRegisters(), new DisableSupply(), new EnableSupply(), new ReadActiveImportProfileData(period),
                new ReadFirmwareVersion(), new ReadALCSData(), new ReadBoostButtonDetails(period),
            ])
        {
            SrvResult result = await bench.RunAsync(body);
            dialogue.Add(body.ServiceReferenceVariant, result.Outcome, bench.Line.Near.Take());
        }

        await bench.DisconnectAsync();
        dialogue.End(bench.Line.Near.Take());
        return dialogue;
    }

    /// <summary>What a client said, as far as one thing of it does not follow from another.</summary>
    private sealed class Dialogue(string profile, int auxiliaryLoads)
    {
        private const int LlcOctets = 3;

        public string Profile => profile;

        public int AuxiliaryLoads => auxiliaryLoads;

        public Dictionary<string, DeviceOutcome> Outcomes { get; } = [];

        /// <summary>Addresses, link parameters, association, release, and what each request asks for.</summary>
        public Dictionary<string, string> Facets { get; } = [];

        /// <summary>The first frame from its addresses on.</summary>
        public string FirstFrame { get; private set; } = string.Empty;

        public void Add(string srv, DeviceOutcome outcome, byte[] octets)
        {
            Outcomes[srv] = outcome;
            if (FirstFrame.Length == 0)
            {
                FirstFrame = Convert.ToHexString(octets[3..]);
            }

            List<string> apdus = Read(octets);
            Facets.TryAdd("associate", apdus.FirstOrDefault(apdu => apdu.StartsWith("60", StringComparison.Ordinal)) ?? string.Empty);
            Facets[srv] = string.Join(' ', apdus.Where(IsRequest).Select(WithoutInvokeId));
        }

        public void End(byte[] octets) => Facets["release"] = string.Join(' ', Read(octets));

        // GET and ACTION, but not the blocks that follow.
        private static bool IsRequest(string apdu) =>
            apdu.StartsWith("C001", StringComparison.Ordinal) || apdu.StartsWith("C301", StringComparison.Ordinal);

        private static string WithoutInvokeId(string apdu) => $"{apdu[..4]}__{apdu[6..]}";

        private List<string> Read(byte[] octets)
        {
            List<string> apdus = [];
            List<byte> apdu = [];
            HdlcFrameReader reader = new(Math.Max(HdlcFrameReader.DefaultCapacityOctets, octets.Length + 1));
            reader.Append(octets);
            while (reader.TryRead(out HdlcFrame frame, out _))
            {
                if (frame.Control == HdlcControl.Snrm)
                {
                    Facets["server"] = frame.Destination.ToString();
                    Facets["client"] = frame.Source.ToString();
                    Facets["parameters"] = Convert.ToHexString(frame.Information);
                }
                else if (frame.Control.Kind == HdlcFrameKind.Information)
                {
                    apdu.AddRange(frame.Information.ToArray());
                    if (!frame.IsSegmented)
                    {
                        apdus.Add(Convert.ToHexString(apdu.ToArray().AsSpan(LlcOctets)));
                        apdu.Clear();
                    }
                }
            }

            return apdus;
        }
    }
}
