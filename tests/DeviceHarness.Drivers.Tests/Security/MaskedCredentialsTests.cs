using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Tests.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Security;

/// <summary>Whatever carries a credential shows none: in text, in a serialised form, in an exception.</summary>
public sealed partial class MaskedCredentialsTests
{
    private const string Digits = "5A6B1C0D2E3F48596A7B8C9DAEBFC0D1";

    private static readonly Type[] Clear =
        [typeof(string), typeof(byte[]), typeof(ReadOnlyMemory<byte>), typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>?)];

    private static IEnumerable<Type> Types =>
        typeof(CipherKey).Assembly.GetTypes().Concat(typeof(KeySet).Assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.IsEnum);

    [Fact]
    public void No_type_carries_a_credential_in_octets_or_text_that_would_show()
    {
        string[] bare =
        [
            .. Types.SelectMany(type => type
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(property => Clear.Contains(property.PropertyType) && Names().IsMatch(property.Name))
                .Select(property => $"{type.Name}.{property.Name}")).Distinct(),
        ];

        bare.Should().BeEmpty("a key, password or secret is a CipherKey, a SharedSecret or a SecretReference");
    }

    [Fact]
    public void Every_type_that_holds_secret_octets_shows_only_how_many_they_are()
    {
        Type[] holders = [.. Types.Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(SecretOctets)))];

        holders.Should().Contain([typeof(CipherKey), typeof(SharedSecret)]);
        holders.Should().OnlyContain(type => type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType == typeof(SecretOctets));
        typeof(SecretOctets).GetMethod(nameof(ToString), Type.EmptyTypes)!.IsFinal.Should().BeTrue("no subclass may show them");
        typeof(SecretOctets).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");
        typeof(SecretOctets).GetProperties().Should().OnlyContain(property => property.PropertyType == typeof(int));
    }

    [Fact]
    public void What_carries_keys_shows_none_in_text_and_when_it_is_serialised()
    {
        byte[] octets = Convert.FromHexString(Digits);
        KeySet keys = new(CipherKey.Create(octets), CipherKey.Create([.. octets.Reverse()]));
        KeyRecord record = KeyRecord.Begin(keys).Prepare(TestKeys.Set(1), TestKeys.Now);
        SecretReference reference = SecretReference.Read(ConfigurationNode.Parse($"key: test:{Digits}", "rig.yaml").Require("key"));
        DeviceKeys named = new() { Encryption = reference, Authentication = reference, Master = reference, Secret = reference };
        AssociationProfile profile = new() { Mechanism = default, Keys = named };

        object[] carriers =
            [CipherKey.Create(octets), SharedSecret.Create(octets), SharedSecret.OfText(Digits), keys, record, reference, named, profile];

        foreach (object carrier in carriers)
        {
            string shown = $"{carrier} {JsonSerializer.Serialize(carrier, carrier.GetType())}";
            shown.Should().NotContainEquivalentOf(Digits).And.NotContain(Convert.ToBase64String(octets))
                .And.NotContainEquivalentOf(Convert.ToHexString([.. octets.Reverse()]), carrier.GetType().Name);
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(31)]
    public void A_key_that_is_refused_is_not_in_the_refusal(int count)
    {
        byte[] wrong = [.. Enumerable.Repeat((byte)0x7E, count)];

        ArgumentException refusal = FluentActions.Invoking(() => CipherKey.Create(wrong)).Should().Throw<ArgumentException>().Which;

        refusal.ToString().Should().NotContain("7E7E").And.NotContain(Convert.ToBase64String(wrong)[..8]).And.Contain($"not {count}");
    }

    [GeneratedRegex("password|secret|(?<!Public)key(?!Id|Octets|Length)", RegexOptions.IgnoreCase)]
    private static partial Regex Names();
}
