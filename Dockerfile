# The web project, as a user without rights. Arguments are its own: "database migrate", "key new …", or settings.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Zotify.Logging.Provider/Zotify.Logging.Provider.csproj Zotify.Logging.Provider/packages.lock.json Zotify.Logging.Provider/
COPY Zotify.Logging.SqlServer/Zotify.Logging.SqlServer.csproj Zotify.Logging.SqlServer/packages.lock.json Zotify.Logging.SqlServer/
COPY Zotify.Logging.AspNetCore/Zotify.Logging.AspNetCore.csproj Zotify.Logging.AspNetCore/packages.lock.json Zotify.Logging.AspNetCore/
COPY integrations/Zotify.Logging.Otlp/Zotify.Logging.Otlp.csproj integrations/Zotify.Logging.Otlp/packages.lock.json integrations/Zotify.Logging.Otlp/
COPY integrations/Zotify.Logging.S3/Zotify.Logging.S3.csproj integrations/Zotify.Logging.S3/packages.lock.json integrations/Zotify.Logging.S3/
COPY Zotify.Logging.Web/Zotify.Logging.Web.csproj Zotify.Logging.Web/packages.lock.json Zotify.Logging.Web/
RUN dotnet restore Zotify.Logging.Web --locked-mode
COPY Zotify.Logging.Provider/ Zotify.Logging.Provider/
COPY Zotify.Logging.SqlServer/ Zotify.Logging.SqlServer/
COPY Zotify.Logging.AspNetCore/ Zotify.Logging.AspNetCore/
COPY integrations/ integrations/
COPY Zotify.Logging.Web/ Zotify.Logging.Web/
# Native code, for the machine that builds.
RUN dotnet publish Zotify.Logging.Web --configuration Release --os linux --no-self-contained --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# A volume that is mounted here for the first time takes over the owner.
RUN mkdir -p /var/lib/zotify /home/app/.aspnet/DataProtection-Keys && chown -R $APP_UID /var/lib/zotify /home/app/.aspnet
ENV Logging__Zotify__Directory=/var/lib/zotify/logs
ENV Zotify__Demo__Cache=/var/lib/zotify/cache
USER $APP_UID
EXPOSE 8080
# The image has no program that speaks HTTP but a shell that can.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "Zotify.Logging.Web.dll"]
