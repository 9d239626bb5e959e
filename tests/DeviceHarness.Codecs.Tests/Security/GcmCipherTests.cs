using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class GcmCipherTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_201;

    private static readonly SystemTitle Title = new(0x4D4D4D0000000001);
    private static readonly CipherKey Key = CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets());
    private static readonly CipherKey Authentication = CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets());
    private static readonly CipherKey LongKey = CipherKey.Create(new byte[32]);

    public static TheoryData<string> PublishedCases { get; } =
        [.. CipheredVectors.All.Where(vector => vector.Layer == "gcm").Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void The_reference_of_these_tests_makes_the_published_ciphertexts_and_tags(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        byte[] Field(string field) => vector.Fields.Text(field).Octets();

        (byte[] ciphertext, byte[] tag) = ReferenceGcm.Encrypt(Field("key"), Field("nonce"), Field("plaintext"), Field("aad"));

        ciphertext.ShouldBeHex(vector.Fields.Text("ciphertext"));
        tag.ShouldBeHex(vector.Fields.Text("tag"));
    }

    [Theory]
    [InlineData("gcm-case-2")]
    [InlineData("gcm-case-3")]
    [InlineData("gcm-case-14")]
    [InlineData("gcm-case-15")]
    public void Encryption_without_a_tag_gives_the_published_ciphertexts(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        CipherKey key = CipherKey.Create(vector.Fields.Text("key").Octets());
        SecuritySuite suite = key.OctetCount == 32 ? SecuritySuite.Suite2 : SecuritySuite.Suite0;
        byte[] nonce = vector.Fields.Text("nonce").Octets();
        SystemTitle.TryCreate(nonce.AsSpan(0, 8), out SystemTitle title);
        using GcmCipher cipher = new(suite, key, key);
        byte[] target = new byte[200];

        cipher.Protect(
            SecurityControl.Create(suite, SecurityProtection.Encrypted), title, BinaryPrimitives.ReadUInt32BigEndian(nonce.AsSpan(8)),
            vector.Fields.Text("plaintext").Octets(), target, out int written).Should().Be(OperationStatus.Done);

        target[GcmCipher.HeaderOctets..written].ShouldBeHex(vector.Fields.Text("ciphertext"));
    }

    [Fact]
    public void Every_protection_of_every_suite_is_what_the_reference_makes_of_it_and_opens_again()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        foreach (SecuritySuite suite in Enum.GetValues<SecuritySuite>())
        {
            foreach (SecurityProtection protection in Enum.GetValues<SecurityProtection>())
            {
                for (int length = 0; length < 80; length++)
                {
                    CompareWithReference(random, SecurityControl.Create(suite, protection), length);
                }

                CompareWithReference(random, SecurityControl.Create(suite, protection), GcmCipher.StackOctets + 1);
                CompareWithReference(random, SecurityControl.Create(suite, protection), 70_000);
            }
        }
    }

    [Theory]
    [InlineData(SecurityProtection.Authenticated)]
    [InlineData(SecurityProtection.AuthenticatedEncrypted)]
    public void Every_flipped_bit_is_refused_and_leaves_nothing_in_the_target(SecurityProtection protection)
    {
        using GcmCipher cipher = new(SecuritySuite.Suite0, Key, Authentication);
        byte[] content = new byte[40];
        SecurityControl control = SecurityControl.Create(SecuritySuite.Suite0, protection);
        cipher.Protect(control, Title, 7, "C001C1000100002A0000FF0200".Octets(), content, out int written);
        for (int bit = 8; bit < written * 8; bit++)
        {
            byte[] damaged = content[..written];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] target = new byte[40];

            OperationStatus status = cipher.Open(damaged, Title, target, out int opened, out SecurityFault fault);

            status.Should().Be(OperationStatus.InvalidData, $"bit {bit}");
            fault.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed);
            opened.Should().Be(0);
            target.Should().OnlyContain(octet => octet == 0);
        }
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("20000000", 5)]
    [InlineData("3000000001", 17)]
    [InlineData("300000000100112233445566778899AA", 17)]
    public void A_content_that_is_too_short_is_malformed(string hex, int fewest)
    {
        using GcmCipher cipher = new(SecuritySuite.Suite0, Key, Authentication);

        OperationStatus status = cipher.Open(hex.Octets(), Title, new byte[40], out _, out SecurityFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(SecurityFaultKind.Malformed);
        fault.Codec.Expected.Should().Be(fewest);
        fault.ToString().Should().Contain("BadLength");
    }

    [Fact]
    public void Compression_is_refused_in_both_directions()
    {
        using GcmCipher cipher = new(SecuritySuite.Suite0, Key, Authentication);

        cipher.Protect(new SecurityControl(0xB0), Title, 1, [0xC0], new byte[40], out _).Should().Be(OperationStatus.InvalidData);
        cipher.Open(new byte[] { 0xA0, 0, 0, 0, 1, 2 }, Title, new byte[40], out _, out SecurityFault fault)
            .Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(SecurityFaultKind.CompressionNotSupported);
    }

    [Fact]
    public void A_target_that_is_too_short_is_said_so()
    {
        using GcmCipher cipher = new(SecuritySuite.Suite0, Key, Authentication);
        SecurityControl control = SecurityControl.Create(SecuritySuite.Suite0, SecurityProtection.AuthenticatedEncrypted);
        byte[] content = new byte[18];

        cipher.Protect(control, Title, 1, [0xC0], content.AsSpan(1), out int written).Should().Be(OperationStatus.DestinationTooSmall);
        written.Should().Be(0);
        cipher.Protect(control, Title, 1, [0xC0], content, out written).Should().Be(OperationStatus.Done);
        cipher.Open(content, Title, [], out written, out _).Should().Be(OperationStatus.DestinationTooSmall);
        written.Should().Be(0);
    }

    [Fact]
    public void Keys_of_another_length_than_the_suites_are_refused_without_being_shown()
    {
        Action wrong = () => _ = new GcmCipher(SecuritySuite.Suite2, LongKey, Key);

        wrong.Should().Throw<ArgumentException>().WithMessage("*Suite2*32*");
    }

    private static void CompareWithReference(Random random, SecurityControl control, int length)
    {
        byte[] key = new byte[control.Suite.KeyOctets()];
        byte[] authentication = new byte[key.Length];
        byte[] nonce = new byte[12];
        byte[] apdu = new byte[length];
        foreach (byte[] octets in new[] { key, authentication, nonce, apdu })
        {
            random.NextBytes(octets);
        }

        SystemTitle.TryCreate(nonce.AsSpan(0, 8), out SystemTitle title);
        byte[] head = [control.Octet, .. authentication];
        (byte[] ciphertext, byte[] tag) = control.IsEncrypted
            ? ReferenceGcm.Encrypt(key, nonce, apdu, control.IsAuthenticated ? head : [])
            : ReferenceGcm.Encrypt(key, nonce, [], [.. head, .. apdu]);
        byte[] expected =
        [
            control.Octet, .. nonce[8..], .. control.IsEncrypted ? ciphertext : apdu, .. control.IsAuthenticated ? tag[..12] : [],
        ];
        using GcmCipher cipher = new(control.Suite, CipherKey.Create(key), CipherKey.Create(authentication));
        byte[] made = new byte[expected.Length];
        byte[] opened = new byte[length];

        cipher.Protect(control, title, BinaryPrimitives.ReadUInt32BigEndian(nonce.AsSpan(8)), apdu, made, out int written);
        OperationStatus status = cipher.Open(expected, title, opened, out int openedOctets, out SecurityFault fault);

        written.Should().Be(expected.Length);
        made.AsSpan().SequenceEqual(expected).Should().BeTrue($"{control}, {length} octets");
        status.Should().Be(OperationStatus.Done, fault.ToString());
        openedOctets.Should().Be(length);
        opened.AsSpan().SequenceEqual(apdu).Should().BeTrue($"{control}, {length} octets");
    }
}
