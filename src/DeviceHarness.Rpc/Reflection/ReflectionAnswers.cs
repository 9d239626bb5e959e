using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Request = Grpc.Reflection.V1.ServerReflectionRequest;
using Response = Grpc.Reflection.V1.ServerReflectionResponse;

namespace DeviceHarness.Rpc.Reflection;

/// <summary>Answers the questions of the reflection protocol, whatever its version: the two have the same messages on the wire.</summary>
/// <param name="index">What is known.</param>
/// <remarks>Spec: gRPC Server Reflection Protocol.</remarks>
internal sealed class ReflectionAnswers(ReflectionIndex index)
{
    /// <summary>Answers each question in order, until the client ends.</summary>
    public async Task AnswerAllAsync(
        IAsyncStreamReader<Request> requests, IServerStreamWriter<Response> responses, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            await responses.WriteAsync(Answer(requests.Current), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Answers one question.</summary>
    public Response Answer(Request request)
    {
        Response response = new() { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case Request.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.AddRange(index.Services.Select(name => new ServiceResponse { Name = name }));
                break;
            case Request.MessageRequestOneofCase.FileByFilename:
                Put(response, index.FileByName(request.FileByFilename), $"no file '{request.FileByFilename}'");
                break;
            case Request.MessageRequestOneofCase.FileContainingSymbol:
                Put(response, index.FileOfSymbol(request.FileContainingSymbol), $"no symbol '{request.FileContainingSymbol}'");
                break;
            case Request.MessageRequestOneofCase.FileContainingExtension:
                ExtensionRequest wanted = request.FileContainingExtension;
                Put(
                    response,
                    index.FileOfExtension(wanted.ContainingType, wanted.ExtensionNumber),
                    $"no extension {wanted.ExtensionNumber} of '{wanted.ContainingType}'");
                break;
            case Request.MessageRequestOneofCase.AllExtensionNumbersOfType:
                PutNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(StatusCode.Unimplemented, "the request asks for nothing that is known here");
                break;
        }

        return response;
    }

    private static void Put(Response response, IReadOnlyList<FileDescriptor>? files, string missing)
    {
        if (files is null)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, missing);
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(files.Select(file => file.SerializedData));
    }

    private static ErrorResponse Error(StatusCode code, string text) => new() { ErrorCode = (int)code, ErrorMessage = text };

    private void PutNumbers(Response response, string type)
    {
        if (index.ExtensionNumbers(type) is not { } numbers)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"no message '{type}'");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        response.AllExtensionNumbersResponse.ExtensionNumber.AddRange(numbers);
    }
}
