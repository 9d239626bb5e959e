using System.Text.Json;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Security;

public sealed class SecuredMeterTests
{
    private const string GetClock = "C001C100080000010000FF0200";
    private const string GetName = "C001C1000100002A0000FF0200";
    private const string GetSecurityLog = "C001C100070000636201FF0700";
    private const string GetCounter = "C001C1000100002B0100FF0200";
    private const string SetLimit = "C101C100470000110000FF040006000007D0";
    private const string Disconnect = "C301C1004600" + "0060030AFF01010F00";
    private const AuthenticationMechanism Gmac = AuthenticationMechanism.HighLevelGmac;

    private static readonly string[] Records = ["meter", "security"];
    private static readonly string[] Secrets = [SecuredModels.Encryption, SecuredModels.Authentication, SecuredModels.Secret];

    [Theory]
    [InlineData(AuthenticationMechanism.None, true)]
    [InlineData(AuthenticationMechanism.LowLevel, false)]
    [InlineData(AuthenticationMechanism.LowLevel, true)]
    [InlineData(AuthenticationMechanism.HighLevelManufacturer, false)]
    [InlineData(AuthenticationMechanism.HighLevelManufacturer, true)]
    [InlineData(AuthenticationMechanism.HighLevelMd5, false)]
    [InlineData(AuthenticationMechanism.HighLevelMd5, true)]
    [InlineData(AuthenticationMechanism.HighLevelSha1, false)]
    [InlineData(AuthenticationMechanism.HighLevelSha1, true)]
    [InlineData(Gmac, false)]
    [InlineData(Gmac, true)]
    [InlineData(AuthenticationMechanism.HighLevelSha256, true)]
    public void Each_mechanism_opens_in_its_context_and_the_association_object_says_which(
        AuthenticationMechanism mechanism, bool isCiphered)
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(mechanism, isCiphered));
        SecuredClient client = new(fixture.Client, mechanism, isCiphered);

        (AssociationAnswer answer, _) = client.Associate();
        string context = Ask(client, isCiphered, "C001C1000F0000280000FF0400");
        string name = Ask(client, isCiphered, "C001C1000F0000280000FF0600");

        answer.Verdict.Should().Be(AssociationVerdict.Open, answer.Security.ToString());
        context.Should().Be("C401C10009076085740508010" + (isCiphered ? "3" : "1"));
        name.Should().Be("C401C10009076085740508020" + (int)mechanism);
        fixture.Commands.Select(command => (command.Service, command.Result)).Should().Equal(
            mechanism is AuthenticationMechanism.None or AuthenticationMechanism.LowLevel
                ? [("ASSOCIATE", 0)]
                : [("ASSOCIATE", 14), ("AUTHENTICATE", 0)]);
    }

    [Theory]
    [InlineData(CipheringForm.ServiceSpecificGlobal, "CC", "CD", "CF")]
    [InlineData(CipheringForm.ServiceSpecificDedicated, "D4", "D5", "D7")]
    [InlineData(CipheringForm.GeneralGlobal, "DB", "DB", "DB")]
    [InlineData(CipheringForm.GeneralDedicated, "DC", "DC", "DC")]
    public void Each_service_is_answered_in_the_wrapper_in_which_it_came(CipheringForm form, string get, string set, string action)
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = new(fixture.Client, Gmac);
        client.Associate(CipherKey.Create(Convert.FromHexString("00112233445566778899AABBCCDDEEFF")));

        string[] answers = [.. new[] { GetName, SetLimit, Disconnect }.Select(request => client.SendRaw(client.Seal(request, form)))];

        answers.Select(answer => answer[..2]).Should().Equal(get, set, action);
        answers.Select(client.Open).Should().Equal(
            "C401C1000910" + Convert.ToHexString("DHV0000000000001"u8), "C501C100", "C701C10000");
        fixture.Esme.Supply.Should().Be(SupplyState.Disconnected);
    }

    [Fact]
    public void A_wrong_tag_is_refused_entered_and_does_not_end_the_association()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        int before = SecurityEvents(client);
        string request = client.Seal(Disconnect);

        string refused = client.SendRaw(request[..^1] + (request[^1] == '0' ? '1' : '0'));

        refused.Should().Be("D80105");
        fixture.Esme.Supply.Should().Be(SupplyState.Connected);
        SecurityEvents(client).Should().Be(before + 1);
    }

    [Fact]
    public void A_repeated_and_a_lowered_counter_are_refused_with_the_one_that_is_expected()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        string first = client.Seal(GetClock);
        string second = client.Seal(GetClock);
        uint expected = Convert.ToUInt32(second[6..14], 16) + 1;

        client.SendRaw(second).Should().StartWith("CC");
        string repeated = client.SendRaw(second);
        string lowered = client.SendRaw(first);

        repeated.Should().Be($"D80106{expected:X8}");
        lowered.Should().Be(repeated);
        client.Send(GetClock).Should().StartWith("C401C100");
    }

    [Theory]
    [InlineData(3, SecurityProtection.Authenticated, false)]
    [InlineData(3, SecurityProtection.Encrypted, false)]
    [InlineData(1, SecurityProtection.Encrypted, false)]
    [InlineData(2, SecurityProtection.Authenticated, false)]
    [InlineData(1, SecurityProtection.Authenticated, true)]
    [InlineData(2, SecurityProtection.Encrypted, true)]
    [InlineData(2, SecurityProtection.AuthenticatedEncrypted, true)]
    [InlineData(0, SecurityProtection.Encrypted, true)]
    public void What_is_protected_less_than_the_policy_wants_is_refused(byte policy, SecurityProtection protection, bool isTaken)
    {
        EsmeFixture fixture = Fixture(policy);
        SecuredClient client = Associated(fixture);
        client.Context.Protection = protection;
        client.Context.MinimumProtection = protection;

        string answer = client.SendRaw(client.Seal(GetClock));

        client.Open(answer).Should().StartWith(isTaken ? "C401C100" : "D80101");
        answer[4..6].Should().Be(isTaken ? $"{(byte)protection | (policy << 4):X2}" : "01", "it is answered as it was asked");
    }

    [Theory]
    [InlineData(3, "D80101")]
    [InlineData(0, "C401C100")]
    public void A_request_in_clear_is_taken_only_where_the_policy_wants_nothing(byte policy, string answer)
    {
        SecuredClient client = Associated(Fixture(policy));

        client.SendRaw(GetClock).Should().StartWith(answer);
    }

    [Fact]
    public void A_protected_request_of_an_association_in_clear_is_not_known()
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(Gmac, isCiphered: false));
        SecuredClient client = new(fixture.Client, Gmac, isCiphered: false);
        client.Associate();

        client.SendRaw(client.Seal(GetClock)).Should().Be("D80102");
    }

    [Fact]
    public void Before_the_proof_nothing_else_is_answered()
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(AuthenticationMechanism.HighLevelSha1, isCiphered: false));
        fixture.Client.Connect();

        string aare = fixture.Client.Send(
            "6036A1090607608574050801018A0207808B0760857405080204AC0A80084B35366956616759BE10040E01000000065F1F0400007E1F04B0")!;

        aare.Should().Contain("A203020100A305A10302010E");
        fixture.Client.Send(GetClock).Should().Be("D80101");
        fixture.Client.Send(Disconnect).Should().Be("D80101");
        fixture.Esme.Supply.Should().Be(SupplyState.Connected);
    }

    [Theory]
    [InlineData(AuthenticationMechanism.LowLevel)]
    [InlineData(AuthenticationMechanism.HighLevelManufacturer)]
    [InlineData(AuthenticationMechanism.HighLevelMd5)]
    [InlineData(AuthenticationMechanism.HighLevelSha1)]
    public void A_wrong_secret_opens_nothing_and_the_command_log_counts_it(AuthenticationMechanism mechanism)
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(mechanism, isCiphered: false));
        SecuredClient stranger = new(fixture.Client, mechanism, isCiphered: false, secret: new string('1', 32));

        (AssociationAnswer answer, _) = stranger.Associate();

        answer.Verdict.Should().Be(AssociationVerdict.Refused);
        stranger.SendRaw(GetClock).Should().Be("D80101");
        fixture.Commands[^1].Result.Should().Be((int)AssociationDiagnostic.AuthenticationFailure);
    }

    [Fact]
    public void A_wrong_key_is_told_as_a_deciphering_error()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient stranger = new(fixture.Client, Gmac, encryption: new string('1', 32));

        (AssociationAnswer answer, string aare) = stranger.Associate();

        answer.Verdict.Should().Be(AssociationVerdict.Refused);
        aare.Should().EndWith("BE0604040E010006");
    }

    [Fact]
    public void After_three_failures_even_the_right_key_is_locked_out_until_the_time_is_over()
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(Gmac, lockAfter: 3));
        SecuredClient stranger = new(fixture.Client, Gmac, encryption: new string('1', 32), firstFree: 1_000);
        SecuredClient right = new(fixture.Client, Gmac);
        stranger.Associate();
        stranger.Associate();
        right.Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open, "a success gives all attempts back");

        for (int attempt = 0; attempt < 3; attempt++)
        {
            stranger.Associate();
        }

        (AssociationAnswer locked, string aare) = right.Associate();
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromMinutes(9));
        fixture.Esme.PowerOn();
        (AssociationAnswer still, _) = right.Associate();
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (AssociationAnswer after, _) = right.Associate();

        aare.Should().Be("6117A109060760857405080101A203020102A305A10302010D", "rejected for now");
        locked.Verdict.Should().Be(AssociationVerdict.Refused);
        still.Verdict.Should().Be(AssociationVerdict.Refused, "a power cut does not unlock");
        after.Verdict.Should().Be(AssociationVerdict.Open);
    }

    [Fact]
    public void The_counters_outlive_a_power_cut_and_the_end_of_the_process()
    {
        MemoryFlash flash = new();
        EsmeFixture fixture = new(_ => SecuredModels.Model(Gmac), flash);
        SecuredClient client = Associated(fixture);
        string old = client.Seal(GetClock);
        uint sentBefore = CounterOf(client.SendRaw(old));

        fixture.Esme.PowerOff();
        fixture.Esme.PowerOn();
        uint sentAfter = CounterOf(Reassociated(client).SendRaw(client.Seal(GetClock)));
        EsmeFixture anew = new(_ => SecuredModels.Model(Gmac), flash);
        SecuredClient late = new(anew.Client, Gmac);
        string replayed = late.Associate().Aare;
        SecuredClient same = new(anew.Client, Gmac, firstFree: 1_000);
        same.Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open);

        sentAfter.Should().BeGreaterThan(sentBefore);
        replayed.Should().StartWith("D80106", "counters from 0 were used");
        CounterOf(same.SendRaw(same.Seal(GetClock))).Should().BeGreaterThan(sentAfter);
    }

    [Fact]
    public void With_the_defect_invocation_counter_reset_a_power_cut_begins_to_count_from_0()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        string old = client.Seal(GetClock);
        uint sentBefore = CounterOf(client.SendRaw(old));
        fixture.Esme.Defects = EsmeDefects.InvocationCounterReset;

        fixture.Esme.PowerOff();
        fixture.Esme.PowerOn();
        SecuredClient loose = new(fixture.Client, Gmac);
        (AssociationAnswer answer, _) = loose.Associate();
        uint sentAfter = CounterOf(loose.SendRaw(loose.Seal(GetClock)));

        answer.Verdict.Should().Be(AssociationVerdict.Open, "counters from 0 are taken again");
        sentAfter.Should().Be(sentBefore);
    }

    [Fact]
    public void With_the_defect_wrong_tag_the_association_opens_and_each_service_has_a_wrong_tag()
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(Gmac) with { Defects = EsmeDefects.WrongTag });
        SecuredClient client = new(fixture.Client, Gmac);

        AssociationVerdict verdict = client.Associate().Answer.Verdict;
        string answer = client.SendRaw(client.Seal(GetClock));
        string mended = answer[..^2] + $"{Convert.ToByte(answer[^2..], 16) ^ 0xFF:X2}";

        verdict.Should().Be(AssociationVerdict.Open);
        client.Open(answer).Should().Be(answer, "it cannot be opened");
        client.Open(mended).Should().StartWith("C401C100", "the last octet of the tag is all that is wrong");
    }

    [Fact]
    public void The_public_client_reads_the_counter_that_is_expected()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        uint expected = Convert.ToUInt32(client.Seal(GetClock)[6..14], 16);
        ScriptedClient reader = fixture.PublicClient;
        reader.Connect();
        reader.Send(EsmeFixture.AarqNone);

        reader.Send(GetCounter).Should().Be($"C401C10006{expected:X8}");
    }

    [Fact]
    public void A_long_answer_keeps_to_the_client_s_PDU_with_all_that_ciphering_adds()
    {
        SecuredClient client = new(Fixture().Client, Gmac);
        client.Associate(pduOctets: 128);

        string first = client.SendRaw(client.Seal("C001C1000F0000280000FF0200", CipheringForm.GeneralGlobal));
        string second = client.SendRaw(client.Seal("C002C100000001", CipheringForm.GeneralGlobal));

        (first.Length / 2).Should().BeInRange(100, 128);
        client.Open(first).Should().StartWith("C402C100" + "00000001");
        client.Open(second).Should().StartWith("C402C100" + "00000002");
    }

    [Fact]
    public void No_key_or_secret_is_in_flash_command_log_or_text()
    {
        MemoryFlash flash = new();
        EsmeModel model = SecuredModels.Model(AuthenticationMechanism.HighLevelMd5);
        EsmeFixture fixture = new(_ => model, flash);
        SecuredClient client = new(fixture.Client, AuthenticationMechanism.HighLevelMd5);
        client.Associate();
        client.Send(SetLimit);

        string kept = string.Concat(Records.Select(name => System.Text.Encoding.UTF8.GetString(flash.Read(name)!)));
        string told = kept + JsonSerializer.Serialize(fixture.Commands) + model + string.Concat(model.Clients) + model.Security;

        kept.Should().Contain("FirstFree");
        foreach (string secret in Secrets)
        {
            told.Should().NotContainEquivalentOf(secret)
                .And.NotContain(Convert.ToBase64String(Convert.FromHexString(secret)))
                .And.NotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(secret)));
        }
    }

    private static EsmeFixture Fixture(byte policy = SecuredModels.Both) => new(_ => SecuredModels.Model(Gmac, policy: policy));

    private static SecuredClient Associated(EsmeFixture fixture) => Reassociated(new SecuredClient(fixture.Client, Gmac));

    private static SecuredClient Reassociated(SecuredClient client)
    {
        client.Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open);
        return client;
    }

    private static string Ask(SecuredClient client, bool isCiphered, string request) =>
        isCiphered ? client.Send(request) : client.SendRaw(request);

    private static int SecurityEvents(SecuredClient client) => Convert.ToInt32(client.Send(GetSecurityLog)[^8..], 16);

    private static uint CounterOf(string answer) => Convert.ToUInt32(answer[6..14], 16);
}
