using System.Runtime.Versioning;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Keys;

public sealed class KeyStoreKeyTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("dh-keystore-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void It_is_made_once_for_its_owner_alone_and_stays_the_same()
    {
        KeyStoreKey.Open(_data).Should().Be(KeyStoreKey.Open(_data));

        File.GetUnixFileMode(KeyStoreKey.FileOf(_data)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_data).Should().ContainSingle();
        string other = Path.Combine(_data, "other");
        KeyStoreKey.Open(other).Should().NotBe(KeyStoreKey.Open(_data));
    }

    [Fact]
    public void A_missing_key_is_never_made_anew_where_stores_are_encrypted()
    {
        DeviceKeyStore store = new(DiskKeyStorage.Of(_data, "bench-01", "esme-01"), KeyStoreKey.Open(_data), "bench-01/esme-01");
        store.Save(KeyRecord.Begin(TestKeys.Set(1)));
        File.Delete(KeyStoreKey.FileOf(_data));

        FluentActions.Invoking(() => KeyStoreKey.Open(_data)).Should().Throw<ConfigurationException>().Which.Code.Should().Be("KEYS-012");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void A_damaged_key_is_an_error_that_does_not_show_it(string text)
    {
        _ = KeyStoreKey.Open(_data);
        File.WriteAllText(KeyStoreKey.FileOf(_data), text);

        ConfigurationException error =
            FluentActions.Invoking(() => KeyStoreKey.Open(_data)).Should().Throw<ConfigurationException>().Which;

        error.Code.Should().Be("KEYS-012");
        if (text.Length > 0)
        {
            error.ToString().Should().NotContain(text);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_others_may_read_is_not_used()
    {
        _ = KeyStoreKey.Open(_data);
        File.SetUnixFileMode(
            KeyStoreKey.FileOf(_data), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        FluentActions.Invoking(() => KeyStoreKey.Open(_data)).Should().Throw<ConfigurationException>();
    }
}
