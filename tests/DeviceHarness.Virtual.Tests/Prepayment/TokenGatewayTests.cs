using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Prepayment;

public sealed class TokenGatewayTests
{
    private const string Serial = "26E0000001";
    private static readonly PrepaymentOptions Options = new()
    {
        Mode = PaymentMode.Prepayment,
        Balance = 1_000_000,
        MaximumVend = 5_000_000,
        MaximumBalance = 8_000_000,
        TestTokenKey = "key",
    };

    private readonly ListedHost _host = new();
    private readonly PrepaymentEngine _account;
    private readonly TokenGateway _gateway;

    public TokenGatewayTests()
    {
        _account = new PrepaymentEngine(Options, _host);
        _gateway = new TokenGateway(Options, Serial, _account, _host);
    }

    [Fact]
    public void A_token_brings_its_pence_once()
    {
        string token = Token(1_000, 1);

        ActionResult first = _gateway.Enter(token, 0);
        ActionResult second = _gateway.Enter(token, 0);

        first.Should().Be(ActionResult.Success);
        second.Should().Be(ActionResult.OtherReason);
        _account.Balance.Should().Be(2_000_000, "1,000 pence are 1,000,000 thousandths");
        _gateway.Status.Should().Be(TokenStatus.ValidationFailure);
        _host.Events.Should().Equal(EventCode.TokenDuplicate);
    }

    [Fact]
    public void Each_reason_of_refusal_has_its_status_and_its_event_and_costs_nothing()
    {
        Refuse("12345", TokenStatus.FormatFailure);
        Refuse(new Utrn(1, 2).Write("26E0000002", "key"), TokenStatus.AuthenticationFailure, EventCode.TokenForAnotherDevice);
        Refuse(new Utrn(1, 2).Write(Serial, "guess"), TokenStatus.AuthenticationFailure, EventCode.TokenNotAuthentic);
        Refuse(Token(5_001, 3), TokenStatus.ValidationFailure, EventCode.TokenAboveMaximum);
        _gateway.Enter(Token(5_000, 4), 0).Should().Be(ActionResult.Success);
        Refuse(Token(5_000, 5), TokenStatus.ValidationFailure, EventCode.BalanceAboveMaximum);

        _account.Balance.Should().Be(6_000_000);

        void Refuse(string digits, TokenStatus status, EventCode? code = null)
        {
            _host.Events.Clear();
            _gateway.Enter(digits, 0).Should().Be(ActionResult.OtherReason);
            _gateway.Status.Should().Be(status);
            _host.Events.Should().Equal(code is null ? [] : [code.Value]);
        }
    }

    [Fact]
    public void Five_wrong_tokens_lock_the_entry_for_a_while()
    {
        for (int turn = 0; turn < 5; turn++)
        {
            _gateway.Enter("1", 0);
        }

        ActionResult locked = _gateway.Enter(Token(100, 1), 0);
        _host.Now += Options.LockTime;
        ActionResult again = _gateway.Enter(Token(100, 1), 0);

        locked.Should().Be(ActionResult.TemporaryFailure);
        again.Should().Be(ActionResult.Success, "the token was not looked at before");
        _host.Events.Should().Equal(EventCode.TokenEntrySuspended, EventCode.TokenEntryLockedOut);
    }

    [Fact]
    public void A_good_token_makes_the_wrong_ones_forgotten()
    {
        for (int turn = 0; turn < 12; turn++)
        {
            _gateway.Enter(turn % 4 == 3 ? Token(1, turn) : "1", 0);
        }

        _gateway.LockedUntil.Should().BeNull();
    }

    [Fact]
    public void A_hundred_numbers_are_remembered_and_older_ones_count_as_used()
    {
        for (int number = 100; number < 200; number++)
        {
            _gateway.Enter(Token(1, number), 0).Should().Be(ActionResult.Success);
        }

        _gateway.Enter(Token(1, 99), 0).Should().Be(ActionResult.OtherReason, "below all that are remembered");
        _gateway.Enter(Token(1, 200), 0).Should().Be(ActionResult.Success);
        _gateway.Enter(Token(1, 100), 0).Should().Be(ActionResult.OtherReason, "forgotten, but below all that are remembered");
        _gateway.Vends.Should().HaveCount(TokenGateway.ListedVends).And.EndWith("1 200");
    }

    [Fact]
    public void A_token_by_hand_is_told_as_local()
    {
        _gateway.Enter(Token(1, 1), 2).Should().Be(ActionResult.Success);

        _gateway.LastDelivery.Should().Be(2);
        _host.Events.Should().Equal(EventCode.CreditAddedLocally);
    }

    [Fact]
    public void A_restart_forgets_no_token()
    {
        _gateway.Enter(Token(1, 1), 0);
        TokenGateway next = new(Options, Serial, _account, _host);

        next.Restore(_gateway.Keep());

        next.Enter(Token(1, 1), 0).Should().Be(ActionResult.OtherReason);
        next.LastToken.Should().Be(Token(1, 1));
    }

    private static string Token(int pence, int number) => new Utrn(pence, number).Write(Serial, "key");
}
