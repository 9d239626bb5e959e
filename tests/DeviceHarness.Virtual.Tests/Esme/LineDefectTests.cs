using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>Each defect of the line shows in the octets, and nowhere else.</summary>
public sealed class LineDefectTests
{
    private const string GetClock = "C001C100080000010000FF0200";
    private const string Release = "6203800100";

    private readonly EsmeFixture _fixture = new();

    [Fact]
    public void A_late_answer_comes_when_it_comes_and_the_command_is_carried_out_at_once()
    {
        EsmeFixture fixture = new(model => model with { LateAnswerTime = TimeSpan.FromSeconds(20) });
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Defects = EsmeDefects.LateAnswer;

        string? answer = client.Send("C301C1000900000A006AFF0101120034");
        SupplyState state = fixture.Esme.Supply;
        fixture.Time.Advance(TimeSpan.FromSeconds(19));
        byte[] early = fixture.Esme.Step([]).ToArray();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        byte[] late = fixture.Esme.Step([]).ToArray();

        answer.Should().BeNull();
        state.Should().Be(SupplyState.Disconnected);
        early.Should().BeEmpty();
        ClientFrames.Parse(late).Should().ContainSingle().Which.Information.Should().Be("E6E700C701C10000");
    }

    [Fact]
    public void With_a_late_answer_the_association_itself_is_in_time()
    {
        _fixture.Esme.Defects = EsmeDefects.LateAnswer;

        _fixture.Associated().Should().NotBeNull();
    }

    [Fact]
    public void A_garbled_checksum_hides_every_second_frame_and_its_repetition_is_sound()
    {
        ScriptedClient client = _fixture.Associated();
        _fixture.Esme.Defects = EsmeDefects.FcsGarbled;
        (int send, int receive) = client.Sequences;

        byte[] garbled = _fixture.Exchange(
            ClientFrames.Information(send, receive, "E6E600" + GetClock, ClientFrames.ManagementClient));
        byte[] repeated = _fixture.Exchange(ClientFrames.ReceiveReady(receive, ClientFrames.ManagementClient));

        garbled[..^3].Should().Equal(repeated[..^3]);
        garbled[^3].Should().Be((byte)(repeated[^3] ^ 0xFF), "the low octet of the FCS is inverted");
        garbled[^2..].Should().Equal(repeated[^2..]);
    }

    [Fact]
    public void A_wrong_release_length_is_one_too_large()
    {
        ScriptedClient client = _fixture.Associated();
        string? sound = client.Send(Release);
        client.Send(EsmeFixture.AarqLls);
        _fixture.Esme.Defects = EsmeDefects.RlreWrongLength;

        string? wrong = client.Send(Release);
        string? afterwards = client.Send(Release);

        sound.Should().Be("6303800100");
        wrong.Should().Be("6304800100");
        afterwards.Should().Be("D80101", "the association is over all the same");
    }

    [Fact]
    public void Block_numbers_that_are_off_are_one_too_high_from_the_second_on()
    {
        ScriptedClient client = _fixture.Associated();
        _fixture.Esme.Defects = EsmeDefects.BlockNumberOff;

        string first = client.Send("C001C1000F0000280000FF0200")!;
        string second = client.Send("C002C100000001")!;
        string third = client.Send("C002C100000002")!;

        first.Should().StartWith("C402C100" + "00000001");
        second.Should().StartWith("C402C100" + "00000003");
        third.Should().StartWith("C402C100" + "00000004");
    }

    [Fact]
    public void A_list_that_is_cut_short_ends_after_half_of_its_octets_and_one_without_end_begins_anew()
    {
        const string GetList = "C001C1000F0000280000FF0200";
        ScriptedClient client = _fixture.Associated();
        (int sound, _) = Blocks(client, GetList, most: 100);
        _fixture.Esme.Defects = EsmeDefects.ListCutShort;
        (int cut, bool isCutEnded) = Blocks(client, GetList, most: 100);
        _fixture.Esme.Defects = EsmeDefects.ListWithoutEnd;
        (int endless, bool isEnded) = Blocks(client, GetList, most: 100);

        cut.Should().Be(sound / 2);
        isCutEnded.Should().BeTrue("its last block is said to be the last");
        endless.Should().BeGreaterThan(sound);
        isEnded.Should().BeFalse();
        client.Send(GetClock).Should().StartWith("C401C100", "another attribute is sound, and a new GET ends the long one");
    }

    [Fact]
    public void Every_defect_has_a_name_and_every_name_its_own_defect()
    {
        EsmeDefectNames.All.Values.Should().OnlyHaveUniqueItems();
        EsmeDefectNames.All.Values.Should().BeEquivalentTo(Enum.GetValues<EsmeDefects>().Where(defect => defect != EsmeDefects.None));
    }

    /// <summary>The octets of a value that comes in blocks, and whether one of so many was the last.</summary>
    private static (int Octets, bool IsEnded) Blocks(ScriptedClient client, string get, int most)
    {
        int octets = 0;
        string answer = client.Send(get)!;
        for (uint block = 1; block <= most; block++)
        {
            byte[] apdu = Convert.FromHexString(answer);
            GetResponse.Decode(apdu, out GetResponse response, out _, out _).Should().Be(OperationStatus.Done);
            octets += response.RawData.Length;
            if (response.IsLastBlock)
            {
                return (octets, true);
            }

            answer = client.Send($"C002C1{block:X8}")!;
        }

        return (octets, false);
    }
}
