using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Application;

public sealed class AssociationServiceTests
{
    private const string GetClock = "C001C100080000010000FF0200";
    private readonly EsmeFixture _fixture = new();

    [Fact]
    public void Password_of_a_real_client_opens_the_management_association()
    {
        _fixture.Client.Connect();

        string? answer = _fixture.Client.Send(EsmeFixture.AarqLls);

        answer.Should().Be(
            "6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400" + "001E1D" + "0400" + "0007",
            "7E1F AND what the meter can, 1,024 octets");
        _fixture.Commands.Should().ContainSingle()
            .Which.Should().Match<CommandRecord>(kept => kept.Service == "ASSOCIATE" && kept.Result == 0 && kept.Data.Length == 0);
    }

    [Fact]
    public void Public_client_reads_identity_and_clock_and_nothing_more()
    {
        ScriptedClient client = _fixture.PublicClient;
        client.Connect();

        string? associated = client.Send(EsmeFixture.AarqNone);
        string? clock = client.Send(GetClock);
        string? register = client.Send("C001C100030100010800FF0200");
        string? set = client.Send("C101C100080000010000FF0200090C07E50118FF0E303950FFC400");

        associated.Should().EndWith("BE10040E0800065F1F0400" + "001210" + "0400" + "0007");
        clock.Should().StartWith("C401C100");
        register.Should().Be("C401C10103");
        set.Should().Be("D80102", "SET was not agreed on");
    }

    [Theory]
    [InlineData(
        "6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363739BE10040E01000000065F1F0400007E1F04B0",
        "0D", "wrong password")]
    [InlineData(
        "6034A1090607608574050801018A0207808B0760857405080201AC088006313233343536BE10040E01000000065F1F0400007E1F04B0",
        "0D", "half a password")]
    [InlineData("601DA109060760857405080101BE10040E01000000065F1F0400007E1F04B0", "0C", "no password where one is required")]
    [InlineData(
        "6036A1090607608574050801018A0207808B0760857405080205AC0A80084B35366956616759BE10040E01000000065F1F0400007E1F04B0",
        "0B", "HLS is not offered")]
    [InlineData(
        "6066A109060760857405080103A60A04084D4D4D0000BC614E8A0207808B0760857405080201AC0A80083132333435363738BE34043221303001"
        + "234567801302FF8A7874133D414CED25B42534D28DB0047720606B175BD52211BE6841DB204D39EE6FDB8E356855",
        "02", "a ciphered context")]
    [InlineData("6024A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363738", "01", "no initiate request")]
    [InlineData("601DA10B060760857405080101BE10040E01000000065F1F0400001E1DFFFF", "01", "a length that lies")]
    public void Refused_association_says_why_and_opens_nothing(string request, string diagnostic, string why)
    {
        _fixture.Client.Connect();

        string? answer = _fixture.Client.Send(request);

        answer.Should().Be("6117A109060760857405080101A203020101A305A1030201" + diagnostic, why);
        _fixture.Client.Send(GetClock).Should().Be("D80101", "nobody is associated");
        _fixture.Commands.Single().Result.Should().Be(Convert.ToInt32(diagnostic, 16));
    }

    [Theory]
    [InlineData("055F1F0400007E1F04B0", "01", "DLMS version 5")]
    [InlineData("065F1F040000000004B0", "02", "no service in common")]
    [InlineData("065F1F0400007E1F0010", "03", "16 octets are no PDU")]
    public void Refused_initiate_says_why_in_a_service_error(string initiate, string value, string why)
    {
        _fixture.Client.Connect();

        string? answer = _fixture.Client.Send(EsmeFixture.AarqLls[..^20] + initiate);

        answer.Should().Be("611FA109060760857405080101A203020101A305A103020101BE0604040E0106" + value, why);
    }

    [Fact]
    public void Unknown_client_is_refused()
    {
        ScriptedClient client = new(_fixture.Exchange, client: 0x41);
        client.Connect();

        client.Send(EsmeFixture.AarqNone).Should().StartWith("6117").And.EndWith("A305A103020101");
    }

    [Theory]
    [InlineData("6203800100", "6303800100")]
    [InlineData("6200", "6300")]
    public void Release_ends_the_association_and_leaves_the_link(string request, string expected)
    {
        ScriptedClient client = _fixture.Associated();

        string? released = client.Send(request);
        string? afterwards = client.Send(GetClock);
        string? again = client.Send(EsmeFixture.AarqLls);

        released.Should().Be(expected);
        afterwards.Should().Be("D80101");
        again.Should().StartWith("6129");
        _fixture.Commands.Select(command => command.Service).Should().Equal("ASSOCIATE", "RELEASE", "ASSOCIATE");
    }

    [Fact]
    public void Second_aarq_is_not_allowed_and_snrm_ends_the_association()
    {
        ScriptedClient client = _fixture.Associated();

        string? second = client.Send(EsmeFixture.AarqLls);
        string? still = client.Send(GetClock);
        client.Connect();
        string? afterSnrm = client.Send(GetClock);

        second.Should().Be("D80101");
        still.Should().StartWith("C401");
        afterSnrm.Should().Be("D80101");
    }

    [Fact]
    public void Client_with_a_small_pdu_gets_small_blocks()
    {
        _fixture.Client.Connect();
        _fixture.Client.Send(EsmeFixture.AarqLls[..^4] + "0040");

        string? list = _fixture.Client.Send("C001C1000F0000280000FF0200");
        string? script = _fixture.Client.Send("C001C1000900000A006AFF0200");

        list.Should().StartWith("C402C100" + "00000001" + "00" + "36").And.HaveLength(128);
        script.Should().StartWith("C402C100" + "00000001");
    }

    [Fact]
    public void Client_without_block_transfer_gets_an_error_for_a_long_answer()
    {
        _fixture.Client.Connect();
        _fixture.Client.Send(EsmeFixture.AarqLls[..^8] + "001904B0");

        string? list = _fixture.Client.Send("C001C1000F0000280000FF0200");
        string? withList = _fixture.Client.Send("C003C102000100002A0000FF020000080000010000FF0200");

        list.Should().Be("C401C101FA");
        withList.Should().Be("D80102", "multiple references were not agreed on");
    }

    [Fact]
    public void Request_longer_than_the_meter_receives_is_refused()
    {
        ScriptedClient client = _fixture.Associated();
        int sequence = 1;
        string slice = new('0', 240);
        byte[] last = [];
        for (int turn = 0; turn < 10; turn++)
        {
            last = _fixture.Exchange(ClientFrames.Information(
                sequence, 1, turn == 0 ? "E6E600C1" + slice : slice, ClientFrames.ManagementClient, isSegmented: turn < 9));
            sequence = (sequence + 1) % 8;
        }

        ClientFrames.Parse(last).Single().Information.Should().Be("E6E700D80104");
    }
}
