using System.Buffers;
using System.Reflection;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

/// <summary>Messages of every kind, made at random, and the vectors.</summary>
internal static class EzspSamples
{
    public const int Seed = 20_261_123;

    private const int RoomOctets = 512;
    private const int LongestRun = 40;

    /// <summary>The vectors of the fixture file.</summary>
    public static IReadOnlyList<TestVector> Vectors { get; } = TestVector.Load("zigbee/ezsp-vectors.json");

    /// <summary>One version of every generation, and those in which a layout changed.</summary>
    public static IReadOnlyList<EzspVersion> Versions { get; } =
        [.. new byte[] { 4, 5, 6, 8, 12, 13, 14, 18 }.Select(number => new EzspVersion(number))];

    /// <summary>Every message type of the assembly.</summary>
    public static IReadOnlyList<Type> MessageTypes { get; } =
    [
        .. typeof(EzspFrame).Assembly.GetExportedTypes().Where(type => type.IsValueType
            && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEzspMessage<>))),
    ];

    /// <summary>A message with values at random; lengths are those that its fields have.</summary>
    public static object Create(Type type, Random random) =>
        type.GetConstructors() is [{ } constructor]
            ? constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(type, parameter, random))])
            : Activator.CreateInstance(type)!;

    public static OperationStatus Write(object message, EzspVersion version, Span<byte> target, out int writtenOctets)
    {
        byte[] room = new byte[target.Length];
        (OperationStatus status, writtenOctets) = ((OperationStatus, int))Call(nameof(WriteOf), message.GetType(), message, version, room)!;
        room.CopyTo(target);
        return status;
    }

    public static byte[] Write(object message, EzspVersion version)
    {
        byte[] room = new byte[RoomOctets];
        OperationStatus status = Write(message, version, room, out int written);
        return status == OperationStatus.Done ? room[..written] : throw new InvalidOperationException($"{message}: {status}");
    }

    public static (OperationStatus Status, object Message, CodecFault Fault) Read(Type type, byte[] octets, EzspVersion version) =>
        ((OperationStatus, object, CodecFault))Call(nameof(ReadOf), type, octets, version)!;

    private static object? Call(string name, Type type, params object[] arguments) => typeof(EzspSamples)
        .GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, arguments);

    private static (OperationStatus Status, int Written) WriteOf<T>(object message, EzspVersion version, byte[] room)
        where T : struct, IEzspMessage<T>
    {
        EzspWriter writer = new(room, version);
        ((T)message).Write(ref writer);
        return (writer.Status, writer.WrittenOctets);
    }

    private static (OperationStatus Status, object Message, CodecFault Fault) ReadOf<T>(byte[] octets, EzspVersion version)
        where T : struct, IEzspMessage<T>
    {
        OperationStatus status = EzspFrame.ReadParameters(octets, version, out T message, out CodecFault fault);
        return (status, message, fault);
    }

    private static object Value(Type owner, ParameterInfo parameter, Random random)
    {
        Type type = parameter.ParameterType;
        return type switch
        {
            _ when type.IsEnum => Enum.ToObject(type, random.Next(256)),
            _ when type == typeof(byte) => (byte)random.Next(256),
            _ when type == typeof(sbyte) => (sbyte)random.Next(-128, 128),
            _ when type == typeof(bool) => random.Next(2) == 1,
            // A tag fits one octet in the old versions.
            _ when type == typeof(ushort) => (ushort)random.Next(parameter.Name == "Tag" ? 256 : 65536),
            _ when type == typeof(uint) => (uint)random.NextInt64(1L << 32),
            _ when type == typeof(ulong) => (ulong)random.NextInt64(),
            _ when type == typeof(EzspKey) => new EzspKey(Octets(random, EzspKey.OctetCount)),
            _ when type == typeof(SharedSecret) => SharedSecret.Create(Octets(random, LengthOf(owner, parameter.Name!, random))),
            _ when type == typeof(EzspStatusCode) => EzspStatusCode.FromEmberStatus(
                random.Next(2) == 0 ? EmberStatus.Success : EmberStatus.DeliveryFailed),
            _ when type == typeof(ReadOnlyMemory<byte>) => (ReadOnlyMemory<byte>)Octets(random, LengthOf(owner, parameter.Name!, random)),
            _ when type == typeof(ReadOnlyMemory<ushort>) =>
                (ReadOnlyMemory<ushort>)Octets(random, random.Next(20)).Select(octet => (ushort)(octet * 257)).ToArray(),
            _ => Create(type, random),
        };
    }

    private static int LengthOf(Type owner, string field, Random random)
    {
        bool isLarge = owner.Name.EndsWith("283K1", StringComparison.Ordinal);
        return field switch
        {
            "Result" or "Digest" or "InitiatorSmac" or "ResponderSmac" => 16,
            "EphemeralPublicKey" or "PartnerEphemeralPublicKey" or "AuthorityPublicKey" => isLarge ? 37 : 22,
            "PartnerCertificate" or "SignerCertificate" or "Certificate" => isLarge ? 74 : 48,
            "R" or "S" or "PrivateKey" => isLarge ? 36 : 21,
            _ => random.Next(LongestRun),
        };
    }

    private static byte[] Octets(Random random, int count)
    {
        byte[] octets = new byte[count];
        random.NextBytes(octets);
        return octets;
    }
}
