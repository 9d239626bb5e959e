namespace DeviceHarness.Virtual.Commands;

/// <summary>One command that changed, or could have changed, a meter.</summary>
/// <param name="Time">When the meter carried it out or refused it, true time, UTC.</param>
/// <param name="Device">The device's name.</param>
/// <param name="Client">The client's address; of a device on a ZigBee radio the endpoint that sent it.</param>
/// <param name="Service"><c>ASSOCIATE</c>, <c>AUTHENTICATE</c> (pass 3 of HLS), <c>RELEASE</c>, <c>SET</c> or
/// <c>ACTION</c>; over ZigBee <c>COMMAND</c> or <c>WRITE</c>.</param>
/// <param name="Object">The logical name, such as <c>0-0:1.0.0.255</c>; empty for the association services; over ZigBee the
/// cluster, such as <c>0702</c>.</param>
/// <param name="Member">The attribute or method, from 1; 0 for the association services; over ZigBee command or attribute.</param>
/// <param name="Data">The encoded parameter in hexadecimal; empty without one. Never a secret.</param>
/// <param name="Result">The data-access-result, action-result or ACSE diagnostic that the meter is about to answer, over
/// ZigBee the ZCL status; 0 is success.</param>
public sealed record CommandRecord(
    DateTimeOffset Time, string Device, int Client, string Service, string Object, int Member, string Data, int Result);
